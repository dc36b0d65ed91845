// applink key inspect FILE
#include <memory>
#include <optional>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "applink/base/files.h"
#include "applink/base/text.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/input.h"
#include "cli/key_inspection.h"
#include "cli/secret_source.h"

namespace applink::cli {
namespace {

namespace fs = std::filesystem;

struct Input {
  std::optional<std::string> file;
  std::optional<std::string> stored;
  std::optional<std::string> other;
  SecretSource passphrase;
  bool json = false;
};

constexpr std::size_t largest_file = std::size_t{4} << 20;

Result<void> check(const Input& input) {
  if (input.file && input.stored) {
    return fail(ErrorCode::usage, "one key at a time",
                "compare the two: applink key inspect --stored NAME --match FILE");
  }
  if (!input.file && !input.stored) {
    return fail(ErrorCode::usage, "FILE is missing",
                "name a file, - for standard input, or --stored NAME");
  }
  const int from_stdin = (input.file == "-" ? 1 : 0) + (input.other == "-" ? 1 : 0) +
                         (input.passphrase.reads_stdin() ? 1 : 0);
  if (from_stdin < 2) return {};
  return fail(ErrorCode::usage, "standard input can be one thing only",
              "name a file for the other");
}

bool holds_private_key(crypto::KeyFileKind kind) {
  return kind == crypto::KeyFileKind::private_key ||
         kind == crypto::KeyFileKind::encrypted_private_key || kind == crypto::KeyFileKind::pkcs12;
}

void warn_of_readers(const std::string& path, crypto::KeyFileReport& report) {
  std::error_code unknown;
  const auto permissions = fs::status(path, unknown).permissions();
  constexpr auto others = fs::perms::group_read | fs::perms::others_read;
  if (unknown || (permissions & others) == fs::perms::none) return;
  if (!holds_private_key(report.kind)) return;
  report.warnings.push_back(fmt::format(
      "others on this machine can read this private key: chmod 600 {}", in_command(path)));
}

Result<Inspected> inspect_file(const std::string& path, const Input& input, Context& context) {
  const bool is_stdin = path == "-";
  TRY_ASSIGN(const Secret bytes, is_stdin ? read_secret_from_stdin(largest_file)
                                          : read_secret_file(path, largest_file));
  const std::string name = is_stdin ? "standard input" : path;
  auto report =
      crypto::inspect_key_file(bytes.reveal(), context.clock().now(), [&]() -> Result<Secret> {
        return input.passphrase.read(
            context.terminal(),
            fmt::format("Passphrase of {} (Enter: do not open it):", terminal_safe(name)));
      });
  if (!is_stdin) warn_of_readers(path, report);
  return Inspected{name, KeySource::file, std::move(report)};
}

/// By its certificate: nothing private is looked at.
Result<Inspected> inspect_stored(const std::string& name, Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const store::KeyPair pair, vault->key(name));
  auto report = crypto::inspect_key_file(pair.certificate_pem, context.clock().now());
  report.kind = crypto::KeyFileKind::private_key;
  report.form.clear();
  report.repairs.clear();
  report.description = fmt::format("an RSA key pair of {} bits, made or imported on {}",
                                   pair.private_key.bits(), to_rfc3339(pair.created).substr(0, 10));
  report.advice = fmt::format("for Jira's administrator: applink key export {} --public-pem", name);
  return Inspected{name, KeySource::store, std::move(report)};
}

Result<void> check_comparable(const Inspected& inspected) {
  if (inspected.report.key) return {};
  return fail(ErrorCode::failed,
              fmt::format("{} has no RSA key to compare: {}", terminal_safe(inspected.name),
                          inspected.report.description),
              inspected.report.advice.empty() ? "name a key, a certificate or a request"
                                              : inspected.report.advice);
}

std::string named_key(const Inspected& inspected) {
  return fmt::format("{} is {}…", terminal_safe(inspected.name),
                     inspected.report.fingerprints->spki_hex.substr(0, 16));
}

Result<void> compare(const Inspected& one, const Input& input, Context& context) {
  TRY_ASSIGN(const Inspected other, inspect_file(*input.other, input, context));
  TRY(check_comparable(one));
  TRY(check_comparable(other));
  const bool same = one.report.fingerprints->spki_hex == other.report.fingerprints->spki_hex;
  if (input.json) {
    Json object = as_json(one);
    object["match"]["file"] = other.name;
    object["match"]["same_key"] = same;
    TRY(context.console().answer(json_text("inspection", std::move(object))));
  }
  if (same && input.json) return {};
  if (same) {
    return context.console().answer(fmt::format("they belong together: {} and {} are one key\n",
                                                terminal_safe(one.name),
                                                terminal_safe(other.name)));
  }
  return fail(ErrorCode::failed,
              fmt::format("they do not belong together: {}, {}", named_key(one), named_key(other)),
              "find the other half by its SHA-256: applink key inspect FILE");
}

Result<void> run(const Input& input, Context& context) {
  TRY(check(input));
  TRY_ASSIGN(const Inspected inspected, input.stored ? inspect_stored(*input.stored, context)
                                                     : inspect_file(*input.file, input, context));
  if (input.other) return compare(inspected, input, context);
  Json object = as_json(inspected);
  object["match"] = nullptr;
  return context.console().answer(input.json ? json_text("inspection", std::move(object))
                                             : as_text(inspected));
}

}  // namespace

Action key_inspect(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.optional("FILE", input->file, "any file; - reads standard input");
  arguments.option("--stored", "NAME", input->stored, "a key of the store, in place of FILE");
  arguments.option("--match", "OTHER", input->other,
                   "say whether the key in this file is the same one");
  input->passphrase.declare(arguments, "passphrase", "the passphrase of FILE");
  arguments.flag("--json", input->json, "for programs");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli
