// A secret that another program knows: what it prints on its standard output.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "applink/base/secret.h"

namespace applink::cli {

/// Starts `words` without a shell and returns all that it prints on standard output, up to `limit`
/// bytes; what a daemon that it leaves behind prints afterwards is none of it. It finds `input` on
/// standard input, no descriptor of ours but standard error, and none of our APPLINK_… variables.
/// One that takes longer than `patience` is killed; one that ends with another status than 0 is an
/// error, whatever it printed.
Result<Secret> output_of(const std::vector<std::string>& words, std::size_t limit,
                         std::chrono::milliseconds patience, std::string_view input = {});

}  // namespace applink::cli
