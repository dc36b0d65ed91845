// applink link bundle NAME
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "applink/jira/admin_screens.h"
#include "applink/onboarding/bundle.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/consumer_names.h"
#include "cli/context.h"
#include "cli/link_choice.h"
#include "cli/written_files.h"

namespace applink::cli {
namespace {

enum class Format { markdown, html };

struct Input {
  std::optional<std::string> link;
  std::optional<std::string> file;
  std::optional<Format> format;
  std::optional<std::string> product_version;
  ConsumerNames names;
  bool force = false;
};

Result<Format> format_named(std::string_view word) {
  if (word == "markdown") return Format::markdown;
  if (word == "html") return Format::html;
  return fail(ErrorCode::usage, fmt::format("there is no format \"{}\"", word),
              "choose markdown or html");
}

bool ends_like_html(std::string_view file) {
  return file.ends_with(".html") || file.ends_with(".htm");
}

Format format_of(const Input& input) {
  if (input.format) return *input.format;
  return input.file && ends_like_html(*input.file) ? Format::html : Format::markdown;
}

Result<std::optional<jira::ProductVersion>> version_of(const Input& input) {
  if (!input.product_version) return std::nullopt;
  const auto version = jira::product_version(*input.product_version);
  if (version) return version;
  return fail(ErrorCode::usage,
              fmt::format("\"{}\" is no version of a product", *input.product_version),
              "give it as the product's own pages do, for example --product-version 9.12");
}

Result<onboarding::Bundle> bundle_of(const Input& input, const jira::ApplicationLink& link,
                                     store::Vault& vault) {
  if (!jira::signs_with_key(link)) {
    return fail(
        ErrorCode::usage,
        fmt::format("the link {} signs with a secret, which belongs in no bundle", link.name),
        "tell the administrator the consumer key, and the secret by another way");
  }
  TRY_ASSIGN(const auto version, version_of(input));
  TRY_ASSIGN(const auto pair, vault.key(link.key_name));
  const auto public_key = pair.private_key.public_key();
  TRY_ASSIGN(auto consumer, input.names.consumer(link, public_key));
  TRY_ASSIGN(auto screens, jira::admin_screens(link, version, consumer));
  return onboarding::Bundle{link, std::move(consumer), std::move(screens),
                            hex_encode(public_key.spki_fingerprint())};
}

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(const auto link, chosen_link(context, input.link));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto bundle, bundle_of(input, link, *vault));
  const std::string text = format_of(input) == Format::html ? onboarding::as_html(bundle)
                                                            : onboarding::as_markdown(bundle);
  if (!input.file) return context.console().answer(text);
  return write_answer_file(*input.file, text, FileMode::public_file,
                           input.force ? Existing::kept_as_backup : Existing::refused,
                           context.console());
}

}  // namespace

Action link_bundle(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.optional("NAME", input->link, "the link (the default one)");
  arguments.option("-o,--output", "FILE", input->file, "write into a new file");
  arguments.option(
      "--format", "NAME",
      [input](const std::string& word) -> Result<void> {
        TRY_ASSIGN(input->format, format_named(word));
        return {};
      },
      "markdown or html (html where FILE ends in .html)");
  arguments.option("--product-version", "N", input->product_version,
                   "the version of Jira: its very screens");
  input->names.declare(arguments);
  arguments.flag("--force", input->force, "replace FILE, keeping a backup");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli
