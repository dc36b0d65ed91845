// Exported links as text: docs/formats.md section 11.
#include "store/link_export.h"

#include <algorithm>
#include <utility>

#include "applink/base/encoding.h"
#include "applink/base/text.h"
#include "crypto/new_passphrase.h"
#include "crypto/pem.h"
#include "store/bytes.h"
#include "store/link_export_content.h"
#include "store/sealer.h"

namespace applink::store {
namespace {

constexpr std::string_view label = "APPLINK LINK";
constexpr std::uint8_t file_version = 1;
constexpr std::string_view purpose = "link export";
constexpr const char* copy_anew = "copy it anew, from its first dash to its last";

std::string head_of(const SealedLink& sealed) {
  ByteWriter bytes;
  bytes.u8(file_version).u8(sealed.parameters.log2_n);
  bytes.u32(sealed.parameters.r).u32(sealed.parameters.p).raw(sealed.salt);
  return std::string(bytes.view());
}

Result<crypto::PemBlock> only_block(std::string_view file) {
  auto blocks = crypto::pem_blocks(file);
  std::erase_if(blocks, [](const auto& block) { return block.label != label; });
  if (blocks.empty()) {
    return fail(ErrorCode::failed, "no exported link is in it",
                "it begins with -----BEGIN APPLINK LINK-----, as applink store export writes it");
  }
  if (blocks.size() > 1) {
    return fail(ErrorCode::failed, "more than one exported link is in it",
                "put each into a file of its own");
  }
  if (blocks.front().end == crypto::PemEnd::matching && blocks.front().headers.empty()) {
    return blocks.front();
  }
  return fail(ErrorCode::failed, "the exported link is cut off", copy_anew);
}

Result<std::string> bytes_of(std::string_view base64) {
  std::string digits(base64);
  std::erase_if(digits, [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; });
  auto bytes = base64_decode(digits);
  if (bytes) return bytes;
  return fail(ErrorCode::failed, "the exported link is damaged: it is no base64", copy_anew);
}

}  // namespace

std::string armoured(const SealedLink& sealed) {
  constexpr std::size_t line = 64;
  const std::string digits = base64_encode(head_of(sealed) + sealed.envelope);
  std::string text = "-----BEGIN APPLINK LINK-----\n";
  for (std::size_t at = 0; at < digits.size(); at += line) {
    text.append(digits, at, line).append("\n");
  }
  return text + "-----END APPLINK LINK-----\n";
}

Result<SealedLink> read_armoured(std::string_view file) {
  if (file.size() > largest_link_export) {
    return fail(ErrorCode::failed, "it is larger than any exported link",
                "check that this is the file you mean");
  }
  TRY_ASSIGN(const auto block, only_block(file));
  TRY_ASSIGN(const std::string bytes, bytes_of(block.base64));
  ByteReader reader(bytes);
  const std::uint8_t version = reader.u8();
  if (version > file_version) {
    return fail(ErrorCode::failed, "the exported link was written by a newer applink",
                "use that applink, or install it here");
  }
  SealedLink sealed;
  sealed.parameters.log2_n = reader.u8();
  sealed.parameters.r = reader.u32();
  sealed.parameters.p = reader.u32();
  sealed.salt = reader.raw(crypto::salt_size);
  if (version != file_version || reader.failed()) {
    return fail(ErrorCode::failed, "the exported link is damaged", copy_anew);
  }
  sealed.envelope = bytes.substr(head_of(sealed).size());
  return sealed;
}

void LinkExport::rename_link(const std::string& name) {
  link.name = name;
  for (Token& token : tokens) token.link = name;
}

void LinkExport::rename_key(const std::string& name) {
  if (!key) return;
  key->name = name;
  link.key_name = name;
}

Result<std::string> seal_link_export(const LinkExport& exported, const Secret& passphrase,
                                     const crypto::ScryptParameters& parameters) {
  SealedLink sealed{parameters, crypto::random_salt(), {}};
  TRY_ASSIGN(const auto key, crypto::passphrase_key(passphrase, sealed.salt, parameters));
  sealed.envelope = seal_in_place(key, encode(exported), purpose, head_of(sealed));
  return armoured(sealed);
}

Result<std::string> seal_link_export(const LinkExport& exported, const Secret& passphrase) {
  TRY(crypto::check_new_passphrase(passphrase));
  return seal_link_export(exported, passphrase, crypto::ScryptParameters());
}

Result<void> check_link_export(std::string_view file) {
  TRY(read_armoured(file));
  return {};
}

Result<LinkExport> open_link_export(std::string_view file, const Secret& passphrase) {
  TRY_ASSIGN(const SealedLink sealed, read_armoured(file));
  TRY_ASSIGN(const auto key, crypto::passphrase_key(passphrase, sealed.salt, sealed.parameters));
  const auto content = open_in_place(key, sealed.envelope, purpose, head_of(sealed));
  if (!content) {
    return fail(ErrorCode::locked,
                "the passphrase does not open the exported link, or a byte of it was changed",
                "type it again; where it is right, copy the file anew");
  }
  return decode_link_export(content->reveal());
}

}  // namespace applink::store
