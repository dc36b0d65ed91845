// Each name stands in a field of one line.
#include "cli/consumer_names.h"

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/crypto/key_formats.h"

namespace applink::cli {
namespace {

Result<std::string> one_line(std::string_view flag, const std::string& text) {
  if (!trim_ascii(text).empty() && terminal_safe(text) == text) return text;
  return fail(ErrorCode::usage, fmt::format("{} is no line of text", flag),
              fmt::format("for example: {} \"Build server\"", flag));
}

}  // namespace

void ConsumerNames::declare(Arguments& arguments) {
  arguments.option("--application-name", "TEXT", application_name_,
                   "of the entry in the list of links (applink, and the consumer key)");
  arguments.option("--consumer-name", "TEXT", consumer_name_,
                   "what users read on the page with Allow (the consumer key)");
}

Result<jira::IncomingConsumer> ConsumerNames::consumer(const jira::ApplicationLink& link,
                                                       const crypto::RsaPublicKey& key) const {
  auto consumer = jira::incoming_consumer(link, crypto::to_spki_pem(key));
  if (application_name_) {
    TRY_ASSIGN(consumer.application_name, one_line("--application-name", *application_name_));
  }
  if (consumer_name_) {
    TRY_ASSIGN(consumer.consumer_name, one_line("--consumer-name", *consumer_name_));
  }
  return consumer;
}

}  // namespace applink::cli
