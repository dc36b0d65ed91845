// applink log
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/event_description.h"
#include "cli/event_selection.h"
#include "cli/json_text.h"
#include "cli/layout.h"
#include "cli/values.h"

namespace applink::cli {
namespace {

struct Input {
  std::optional<std::string> link;
  std::optional<std::string> since;
  bool json = false;
};

/// The log is walked twice, and never in memory as a whole: first to see that it is whole, what it
/// has of what is asked for and how wide that is, then to print it.
struct Survey {
  std::size_t events = 0;
  std::size_t widest_who = 0;
  std::size_t widest_what = 0;

  void note(const store::Event& event) {
    ++events;
    widest_who = std::max(widest_who, width_of(terminal_safe(event.who)));
    widest_what = std::max(widest_what, width_of(terminal_safe(in_words(event))));
  }
};

Result<Survey> survey(const store::Vault& vault, EventSelection selection) {
  Survey survey;
  TRY(vault.visit_events([&](const store::Event& event) -> Result<void> {
    if (selection.takes(event)) survey.note(event);
    return {};
  }));
  TRY(selection.check_link_is_known());
  return survey;
}

/// Writes what is handed to it in pieces of a sensible size.
class Output {
 public:
  explicit Output(Console& console) : console_(&console) {}

  Result<void> add(std::string_view text) {
    constexpr std::size_t enough = 65536;
    text_ += text;
    return text_.size() < enough ? Result<void>() : flush();
  }
  Result<void> flush() { return console_->answer(std::exchange(text_, {})); }

 private:
  Console* console_;
  std::string text_;
};

Result<void> print_json(const store::Vault& vault, EventSelection selection, Console& console) {
  Output output(console);
  JsonArrayText array("events");
  TRY(vault.visit_events([&](const store::Event& event) -> Result<void> {
    return selection.takes(event) ? output.add(array.next(json_of(event))) : Result<void>();
  }));
  TRY(output.add(array.end()));
  return output.flush();
}

/// A long who is cut so that the line fits; what happened never is.
class Table {
 public:
  explicit Table(const Survey& survey) {
    constexpr std::size_t page = 80;
    constexpr std::size_t least = 16;
    const std::size_t others = std::string_view("2026-11-01T00:00:00Z    ").size();
    const std::size_t taken = others + std::max(survey.widest_what, head()[2].size());
    most_who_ = taken + least < page ? page - taken : least;
    columns_.measure(
        {to_rfc3339({}), std::string(std::min(survey.widest_who, most_who_), ' '), ""});
    columns_.measure(head());
  }

  [[nodiscard]] static Row head() { return {"TIME", "WHO", "WHAT"}; }
  [[nodiscard]] std::string line(const Row& row) const { return columns_.line(row); }
  [[nodiscard]] std::string line(const store::Event& event) const {
    return line(
        {to_rfc3339(event.time), shortened(terminal_safe(event.who), most_who_), in_words(event)});
  }

 private:
  std::size_t most_who_ = 0;
  Columns columns_;
};

Result<void> print_table(const store::Vault& vault, EventSelection selection, const Survey& survey,
                         Console& console) {
  Output output(console);
  const Table table(survey);
  TRY(output.add(table.line(Table::head())));
  TRY(vault.visit_events([&](const store::Event& event) -> Result<void> {
    return selection.takes(event) ? output.add(table.line(event)) : Result<void>();
  }));
  return output.flush();
}

Result<void> run(const Input& input, Context& context) {
  std::optional<Timestamp> since;
  if (input.since) {
    TRY_ASSIGN(since, parse_since(*input.since, context.clock().now()));
  }
  TRY_ASSIGN(const store::Vault* const vault, context.vault());
  const EventSelection selection(input.link, since);
  TRY_ASSIGN(const Survey found, survey(*vault, selection));
  if (input.json) return print_json(*vault, selection, context.console());
  if (found.events > 0) return print_table(*vault, selection, found, context.console());
  context.console().narrate(
      fmt::format("nothing happened{}", since ? " since " + to_rfc3339(*since) : ""));
  return {};
}

}  // namespace

Action log(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.option("-l,--link", "NAME", input->link,
                   "what concerns this link, which may be one of the past");
  arguments.option("--since", "WHEN", input->since,
                   "from then on: 7d, 24h or 90m ago, 2026-11-01 or 2026-11-01T12:00:00Z");
  arguments.flag("--json", input->json, "for programs");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli
