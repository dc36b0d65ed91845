// First bytes and first words.
#include "crypto/foreign_file.h"

#include <algorithm>
#include <array>

#include "applink/base/text.h"
#include "crypto/json_members.h"

namespace applink::crypto {
namespace {

// JKS and JCEKS; since Java 9, keytool writes PKCS#12.
bool is_java_keystore(std::string_view file) {
  return file.starts_with("\xfe\xed\xfe\xed") || file.starts_with("\xce\xce\xce\xce");
}

std::string_view next_word(std::string_view& line) {
  line = trim_ascii(line);
  const std::string_view word = line.substr(0, line.find_first_of(" \t"));
  line.remove_prefix(word.size());
  return word;
}

bool names_ssh_key(std::string_view word) {
  return word.starts_with("ssh-") || word.starts_with("ecdsa-") || word.starts_with("sk-");
}

// sshd(8): [@marker] hosts, the algorithm, the blob, which begins with three zero bytes.
bool is_line_of_known_hosts(std::string_view line) {
  std::string_view hosts = next_word(line);
  if (hosts.starts_with('@')) hosts = next_word(line);
  if (hosts.empty() || names_ssh_key(hosts)) return false;
  return names_ssh_key(next_word(line)) && next_word(line).starts_with("AAAA");
}

bool is_known_hosts(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (!trim_ascii(line).empty() && !line.starts_with('#')) return is_line_of_known_hosts(line);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return false;
}

bool is_binary(std::string_view file) {
  return std::any_of(file.begin(), file.end(), [](char letter) {
    const auto code = static_cast<unsigned char>(letter);
    return code < 0x20 && (code < '\t' || code > '\r');
  });
}

bool is_json(std::string_view text) {
  return (text.starts_with('{') && json_members(text)) ||
         (text.starts_with('[') && json_elements(text));
}

}  // namespace

std::string_view described(ForeignFile file) {
  switch (file) {
    case ForeignFile::empty:
      return "an empty file";
    case ForeignFile::web_page:
      return "HTML or XML";
    case ForeignFile::known_hosts:
      return "a known_hosts of OpenSSH, which holds the keys of servers";
    case ForeignFile::java_keystore:
      return "a Java keystore";
    case ForeignFile::json:
      return "JSON without a JWK";
    case ForeignFile::binary:
      return "a binary file of another kind";
    case ForeignFile::text:
      break;
  }
  return "text without a key";
}

ForeignFile foreign_file(std::string_view file, const KeyContent& content) {
  if (is_java_keystore(file)) return ForeignFile::java_keystore;
  const std::string_view text = trim_ascii(content.text.reveal());
  if (text.empty()) return ForeignFile::empty;
  if (text.starts_with('<')) return ForeignFile::web_page;
  if (is_json(text)) return ForeignFile::json;
  if (is_binary(text)) return ForeignFile::binary;
  return is_known_hosts(text) ? ForeignFile::known_hosts : ForeignFile::text;
}

}  // namespace applink::crypto
