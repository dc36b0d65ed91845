// The functions in the table of usual mistakes, by what they are made with.
#pragma once

#include <vector>

#include "applink/calls/usual_mistakes.h"

namespace applink::calls {

using Mistakes = std::vector<Mistaken>;

// The URL.
Mistakes other_scheme(const SignedText& right, const MistakeClues& clues);
Mistakes other_port(const SignedText& right, const MistakeClues& clues);
Mistakes other_host(const SignedText& right, const MistakeClues& clues);
Mistakes other_context_path(const SignedText& right, const MistakeClues& clues);
Mistakes other_path(const SignedText& right, const MistakeClues& clues);
Mistakes query_in_url(const SignedText& right, const MistakeClues& clues);

// Which parameters.
Mistakes other_form_rule(const SignedText& right, const MistakeClues& clues);
Mistakes query_left_out(const SignedText& right, const MistakeClues& clues);
Mistakes parameter_left_out(const SignedText& right, const MistakeClues& clues);
Mistakes realm_signed(const SignedText& right, const MistakeClues& clues);
Mistakes body_hash_signed(const SignedText& right, const MistakeClues& clues);
Mistakes parameter_not_sent(const SignedText& right, const MistakeClues& clues);
Mistakes repeats_left_out(const SignedText& right, const MistakeClues& clues);
Mistakes empty_left_out(const SignedText& right, const MistakeClues& clues);

// How they are written and put together.
Mistakes encoded_again(const SignedText& right, const MistakeClues& clues);
Mistakes plus_taken_as_it_is(const SignedText& right, const MistakeClues& clues);
Mistakes other_encoding(const SignedText& right, const MistakeClues& clues);
Mistakes other_order(const SignedText& right, const MistakeClues& clues);
Mistakes other_method(const SignedText& right, const MistakeClues& clues);
Mistakes joined_raw(const SignedText& right, const MistakeClues& clues);
Mistakes line_end_signed(const SignedText& right, const MistakeClues& clues);
Mistakes hashed_twice(const SignedText& right, const MistakeClues& clues);

}  // namespace applink::calls
