// What the commands that list have in common.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/context.h"
#include "cli/json_text.h"
#include "cli/layout.h"

namespace applink::cli {

/// Some things of one kind, for programs and for people.
struct Listing {
  std::string kind;        ///< "keys": the field of the JSON
  std::string when_empty;  ///< what to say where there is none, and how to get one
  Row head;
  struct Line {
    Json json;
    Row row;
  };
  std::vector<Line> lines;
};

/// The action of a command that has no arguments but --json and answers with what `list` finds.
Action listing_of(Arguments& arguments, Result<Listing> (*list)(Context&));

}  // namespace applink::cli
