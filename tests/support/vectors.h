// Files of tests/, and the vector files among them: "name:", then its lines up to an empty one.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace applink::test {

/// The build defines APPLINK_TESTS as the absolute path of tests/.
inline std::filesystem::path tests_file(std::string_view name) {
  return std::filesystem::path(APPLINK_TESTS) / name;
}

inline std::string read_tests_file(std::string_view name) {
  std::ifstream file(tests_file(name), std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + tests_file(name).string());
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

/// Values by name; lines of one value are joined by "\n". Lines that begin with # are comments.
inline std::map<std::string, std::string> read_vectors(std::string_view name) {
  std::map<std::string, std::string> vectors;
  std::istringstream lines(read_tests_file(name));
  std::string current;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    if (line.empty()) {
      current.clear();
    } else if (current.empty()) {
      current = line.substr(0, line.find(':'));
    } else {
      std::string& value = vectors[current];
      value += (value.empty() ? "" : "\n") + line;
    }
  }
  return vectors;
}

/// One case: its values by name.
using Case = std::map<std::string, std::string>;

/// A file of cases with an empty line between two, each line "name = value". Lines that begin with
/// # are comments; a name that a case repeats continues its value.
inline std::vector<Case> read_cases(std::string_view name) {
  std::vector<Case> cases;
  std::istringstream lines(read_tests_file(name));
  bool between = true;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    if (line.empty()) {
      between = true;
      continue;
    }
    if (between) cases.emplace_back();
    between = false;
    const auto equals = line.find(" =");
    if (equals == std::string::npos) throw std::runtime_error("no name = value: " + line);
    cases.back()[line.substr(0, equals)] += line.substr(std::min(equals + 3, line.size()));
  }
  if (cases.empty()) throw std::runtime_error("no cases in " + std::string(name));
  return cases;
}

}  // namespace applink::test
