// The way from a file to its blobs: DER as it is, text by what is found in it.
#include "crypto/key_content.h"

#include <algorithm>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "crypto/der.h"
#include "crypto/json_members.h"
#include "crypto/jwk_read.h"
#include "crypto/key_base64.h"
#include "crypto/key_text.h"
#include "crypto/pem.h"
#include "crypto/ssh_text.h"
#include "crypto/ssh_wire.h"

namespace applink::crypto {
namespace {

constexpr std::string_view openssh_magic("openssh-key-v1\0", 15);

void add(std::vector<std::string>& to, std::vector<std::string> more) {
  for (auto& sentence : more) {
    if (std::find(to.begin(), to.end(), sentence) == to.end()) to.push_back(std::move(sentence));
  }
}

BlobKind kind_of(std::string_view bytes) {
  if (bytes.starts_with(openssh_magic)) return BlobKind::openssh_private_key;
  if (ssh_algorithm(bytes)) return BlobKind::ssh_public_key;
  return kind_of_der(bytes);
}

bool is_whole(BlobKind kind) {
  return kind != BlobKind::cut_off && kind != BlobKind::unknown;
}

Error armour_error(const PemBlock& block) {
  constexpr std::string_view copy =
      "copy the file again, whole, from its BEGIN line to its END line";
  // Its base64 ends with a checksum (RFC 9580 section 6.1), which is no damage.
  if (is_pgp(block.label)) {
    return {ErrorCode::failed,
            fmt::format("this is a \"{}\", not an RSA key", terminal_safe(block.label)),
            "Jira's application links work with RSA keys: make a pair with applink key create"};
  }
  if (block.end == PemEnd::missing) {
    return {ErrorCode::failed,
            fmt::format("the PEM is cut off: its line -----END {}----- is missing",
                        terminal_safe(block.label)),
            std::string(copy)};
  }
  return {ErrorCode::failed, "the base64 of the PEM is damaged: letters are missing or foreign",
          std::string(copy)};
}

std::string header_lines(std::string_view headers) {
  std::string lines;
  for (const char letter : headers) {
    if (letter != '\r') lines += letter;
  }
  return lines.empty() ? lines : lines + '\n';
}

Blob blob_of(const PemBlock& block, std::vector<std::string>& repairs) {
  Blob blob;
  blob.label = block.label;
  blob.headers = header_lines(block.headers);
  auto decoded = decode_found_base64(block.base64);
  const bool encrypted = blob.headers.find("ENCRYPTED") != std::string::npos;
  if (decoded) {
    blob.kind = encrypted ? BlobKind::traditionally_encrypted : kind_of(decoded->bytes.reveal());
  }
  // DER says itself where it ends: it is whole, whatever its END line says.
  const bool complete = decoded && (block.end == PemEnd::matching || is_whole(blob.kind));
  if (!complete) {
    blob.error = armour_error(block);
    return blob;
  }
  blob.bytes = std::move(decoded->bytes);
  add(repairs, std::move(decoded->repairs));
  add(repairs, layout_remarks(block.whole));
  if (block.end == PemEnd::missing) add(repairs, {"the END line was missing"});
  if (block.end == PemEnd::of_another_label) {
    add(repairs, {"the BEGIN and the END line named different things"});
  }
  return blob;
}

bool is_quotes(std::string_view text) {
  return !text.empty() && text.find_first_not_of("\"'`, ;") == std::string_view::npos;
}

// What stands before the first block, between them, or behind the last.
void remark_surroundings(std::string_view text, const std::vector<PemBlock>& blocks,
                         std::vector<std::string>& repairs) {
  const char* at = text.data();
  std::vector<std::string_view> around;
  for (const PemBlock& block : blocks) {
    around.emplace_back(at, static_cast<std::size_t>(block.whole.data() - at));
    at = block.whole.data() + block.whole.size();
  }
  around.emplace_back(at, static_cast<std::size_t>(text.data() + text.size() - at));
  for (const std::string_view piece : around) {
    const std::string_view foreign = trim_ascii(piece);
    if (foreign.empty()) continue;
    add(repairs, {is_quotes(foreign) ? "quotes stood around the key"
                                     : "text that is no part of the key stood around it"});
  }
}

void take_pem(KeyContent& content, const std::vector<PemBlock>& blocks) {
  content.container = Container::pem;
  remark_surroundings(content.text.reveal(), blocks, content.repairs);
  for (const PemBlock& block : blocks) content.blobs.push_back(blob_of(block, content.repairs));
}

void take_blob(KeyContent& content, Container container, BlobKind kind, Secret bytes) {
  content.container = container;
  Blob blob;
  blob.kind = kind;
  blob.bytes = std::move(bytes);
  content.blobs.push_back(std::move(blob));
}

bool take_jwk(KeyContent& content, std::string_view text) {
  const auto members = json_members(text);
  if (!members) return false;
  if (json_member(*members, "kty")) {
    take_blob(content, Container::json, BlobKind::jwk, Secret(text));
    add(content.repairs, jwk_remarks(text));
    return true;
  }
  // RFC 7517 section 5: a set.
  const auto keys = json_member(*members, "keys");
  const auto elements = keys ? json_elements(*keys) : std::nullopt;
  if (!elements) return false;
  for (const std::string_view element : *elements) take_jwk(content, element);
  return !content.blobs.empty();
}

// The lines that are no armour, and whether there was any.
struct Unarmoured {
  Secret base64;
  bool had_armour = false;
};
Unarmoured without_armour(std::string_view text) {
  std::string kept;
  kept.reserve(text.size() + 1);
  bool had_armour = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    if (trim_ascii(line).starts_with('-'))
      had_armour = true;
    else
      kept += line;
    text.remove_prefix(end);
  }
  return {Secret::take(std::move(kept)), had_armour};
}

std::string_view without_quotes(std::string_view text) {
  const std::size_t begin = text.find_first_not_of("\"'` \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of("\"'` \t\r\n,;") - begin + 1);
}

KeyContent content_of(std::string_view file, int depth);

bool take_wrapped_file(KeyContent& content, std::string_view bytes, int depth) {
  if (depth > 0 || bytes.find("-----BEGIN ") == std::string_view::npos) return false;
  KeyContent inner = content_of(bytes, depth + 1);
  if (inner.blobs.empty()) return false;
  std::vector<std::string> repairs = std::move(content.repairs);
  add(repairs, {"the whole file was wrapped in base64 once more"});
  add(repairs, std::move(inner.repairs));
  content = std::move(inner);
  content.repairs = std::move(repairs);
  return true;
}

bool take_bare_base64(KeyContent& content, std::string_view text, int depth) {
  const std::string_view unquoted = without_quotes(text);
  const Unarmoured bare = without_armour(unquoted);
  auto decoded = decode_found_base64(bare.base64.reveal());
  if (!decoded) return false;
  if (take_wrapped_file(content, decoded->bytes.reveal(), depth)) return true;
  const BlobKind kind = kind_of(decoded->bytes.reveal());
  const bool is_key = is_whole(kind) || is_der(decoded->bytes.reveal());
  if (!is_key) return false;
  add(content.repairs, std::move(decoded->repairs));
  if (unquoted.size() != trim_ascii(text).size()) {
    add(content.repairs, {"quotes stood around the key"});
  }
  add(content.repairs, {bare.had_armour ? "its BEGIN or its END line was missing or damaged"
                                        : "the BEGIN and END lines were missing"});
  take_blob(content, Container::base64, kind, std::move(decoded->bytes));
  return true;
}

void take_der(KeyContent& content, std::string_view file) {
  BlobKind kind = kind_of_der(file);
  if (kind == BlobKind::too_long) {
    const std::size_t size = size_of_first_der(file);
    if (trim_ascii(file.substr(size)).empty()) {
      file = file.substr(0, size);
      kind = kind_of_der(file);
      content.repairs.emplace_back("line ends stood behind the last byte of the key");
    }
  }
  take_blob(content, Container::der, kind, Secret(file));
}

void take_text(KeyContent& content, int depth) {
  const std::string_view text = trim_ascii(content.text.reveal());
  if (text.starts_with('{') && take_jwk(content, text)) return;
  if (auto ssh = ssh_blob_in(text)) {
    take_blob(content, Container::ssh, BlobKind::ssh_public_key, std::move(*ssh));
    return;
  }
  RepairedText plain = without_escapes(std::move(content.text));
  content.text = std::move(plain.text);
  const auto blocks = pem_blocks(content.text.reveal());
  if (!blocks.empty()) {
    add(content.repairs, std::move(plain.repairs));
    take_pem(content, blocks);
    return;
  }
  if (take_bare_base64(content, content.text.reveal(), depth)) {
    add(content.repairs, std::move(plain.repairs));
  }
}

KeyContent content_of(std::string_view file, int depth) {
  KeyContent content;
  if (is_der(file)) {
    take_der(content, file);
    return content;
  }
  RepairedText text = as_utf8(file);
  content.text = std::move(text.text);
  content.repairs = std::move(text.repairs);
  take_text(content, depth);
  return content;
}

}  // namespace

KeyContent key_content(std::string_view file) {
  return content_of(file, 0);
}

}  // namespace applink::crypto
