// The table itself.
#include "applink/calls/usual_mistakes.h"

#include <array>

#include "calls/mistakes.h"

namespace applink::calls {
namespace {

constexpr std::array table{
    UsualMistake{"form body", other_form_rule},
    UsualMistake{"scheme", other_scheme},
    UsualMistake{"port", other_port},
    UsualMistake{"context path", other_context_path},
    UsualMistake{"host", other_host},
    UsualMistake{"query left out", query_left_out},
    UsualMistake{"query in the URL", query_in_url},
    UsualMistake{"encoded again", encoded_again},
    UsualMistake{"plus", plus_taken_as_it_is},
    UsualMistake{"encoding", other_encoding},
    UsualMistake{"realm", realm_signed},
    UsualMistake{"body hash", body_hash_signed},
    UsualMistake{"parameter left out", parameter_left_out},
    UsualMistake{"parameter not sent", parameter_not_sent},
    UsualMistake{"repeats left out", repeats_left_out},
    UsualMistake{"empty left out", empty_left_out},
    UsualMistake{"order", other_order},
    UsualMistake{"method", other_method},
    UsualMistake{"path", other_path},
    UsualMistake{"joined raw", joined_raw},
    UsualMistake{"line end", line_end_signed},
    UsualMistake{"hashed twice", hashed_twice},
};

}  // namespace

std::span<const UsualMistake> usual_mistakes() {
  return table;
}

}  // namespace applink::calls
