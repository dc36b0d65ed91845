// How often what happened.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace applink::sandbox {

struct Counters {
  std::uint64_t requests = 0;
  std::map<int, std::uint64_t> by_status;
  std::map<std::string, std::uint64_t> by_problem;
};

}  // namespace applink::sandbox
