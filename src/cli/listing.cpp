// One action for all of them: the list as JSON, or in columns.
#include "cli/listing.h"

#include <utility>

namespace applink::cli {
namespace {

std::string as_json(const Listing& listing) {
  Json array = Json::array();
  for (const auto& line : listing.lines) array.push_back(line.json);
  return json_text(listing.kind, std::move(array));
}

std::string as_text(const Listing& listing) {
  std::vector<Row> rows{listing.head};
  for (const auto& line : listing.lines) rows.push_back(line.row);
  return aligned(rows);
}

}  // namespace

Action listing_of(Arguments& arguments, Result<Listing> (*list)(Context&)) {
  const auto json = std::make_shared<bool>(false);
  arguments.flag("--json", *json, "for programs");
  return [json, list](Context& context) -> Result<void> {
    TRY_ASSIGN(const Listing listing, list(context));
    if (*json) return context.console().answer(as_json(listing));
    if (!listing.lines.empty()) return context.console().answer(as_text(listing));
    context.console().narrate(listing.when_empty);
    return {};
  };
}

}  // namespace applink::cli
