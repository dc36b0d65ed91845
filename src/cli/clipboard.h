// The clipboard of the desktop, where there is one.
#pragma once

#include <string_view>

#include "applink/base/result.h"
#include "cli/environment.h"

namespace applink::cli {

/// By the first program that is there and takes it: wl-copy, xclip or xsel, or Windows' clip.exe
/// where this machine runs inside Windows. Nothing secret goes there: every program can read it.
Result<void> copy_to_clipboard(const Environment& environment, std::string_view text);

}  // namespace applink::cli
