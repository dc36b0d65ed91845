// One style sheet for light and dark, from a telephone to a desk.
#include "pages/style.h"

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "applink/crypto/digest.h"

namespace applink::pages {
namespace {

constexpr std::string_view sheet = R"css(
:root {
  color-scheme: light dark;
  --ground: #eef1f6; --card: #fff; --text: #1c2330; --quiet: #5a6577; --line: #d9dfe8;
  --field: #fff; --accent: #2f55d4; --accent-deep: #2444b0; --on-accent: #fff;
  --tint: #e9eefc; --good: #12714a; --good-tint: #e2f5ec; --bad: #b3261e; --bad-tint: #fdecea;
  --badge: #7a4b00; --badge-tint: #fff1d6; --shadow: 0 1px 2px #1c233014, 0 12px 32px #1c23301a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12151c; --card: #1b202a; --text: #e7ebf3; --quiet: #9ba7ba; --line: #333c4b;
    --field: #141922; --accent: #8ea9ff; --accent-deep: #a9beff; --on-accent: #10162a;
    --tint: #232c46; --good: #6fd6a6; --good-tint: #173528; --bad: #ff9b93; --bad-tint: #41211f;
    --badge: #ffcf7a; --badge-tint: #3c2f14; --shadow: 0 1px 2px #0006, 0 12px 32px #0006;
  }
}
* { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans",
  sans-serif; }
body { margin: 0; min-height: 100vh; padding: 1rem; display: flex; flex-direction: column;
  align-items: center; justify-content: center; gap: 1rem; background: var(--ground);
  color: var(--text); }
main { width: 100%; max-width: 29rem; padding: 2rem; border: 1px solid var(--line);
  border-radius: 1rem; background: var(--card); box-shadow: var(--shadow); }
.badge { width: max-content; margin: 0 0 1.25rem; padding: .125rem .625rem;
  border-radius: 1rem; background: var(--badge-tint); color: var(--badge); font-size: .8125rem;
  font-weight: 600; }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; letter-spacing: -.01em;
  overflow-wrap: anywhere; text-wrap: balance; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; text-wrap: pretty; }
p:last-child, ul:last-child, dl:last-child, form:last-child { margin-bottom: 0; }
ul { margin: 0 0 1rem; padding-left: 1.25rem; }
.quiet { color: var(--quiet); font-size: .9375rem; }
a { color: var(--accent); }
code { font-family: ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace;
  font-size: .9em; overflow-wrap: anywhere; }
dl { margin: 0 0 1.5rem; border: 1px solid var(--line); border-radius: .625rem; }
dl div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .625rem .875rem; }
dl div + div { border-top: 1px solid var(--line); }
dt { flex: 0 0 8.5rem; color: var(--quiet); }
dd { flex: 1 1 11rem; min-width: 0; margin: 0; overflow-wrap: anywhere; }
label { display: block; margin: 0 0 .25rem; font-weight: 600; }
input { width: 100%; margin: 0 0 1rem; padding: .625rem .75rem; border: 1px solid var(--quiet);
  border-radius: .5rem; background: var(--field); color: inherit; font: inherit; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; }
button { flex: 1 1 9rem; min-height: 2.75rem; padding: .5rem 1rem; border: 1px solid var(--quiet);
  border-radius: .5rem; background: transparent; color: var(--text); font: inherit;
  font-weight: 600; cursor: pointer; }
button:hover { background: var(--tint); }
button.main { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
button.main:hover { border-color: var(--accent-deep); background: var(--accent-deep); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.message { margin: 0 0 1rem; padding: .625rem .875rem; border-radius: .5rem; }
.bad { background: var(--bad-tint); color: var(--bad); }
.sign { display: flex; align-items: center; justify-content: center; width: 3rem; height: 3rem;
  margin: 0 0 1rem; border-radius: 50%; }
.sign.good { background: var(--good-tint); color: var(--good); }
.sign.attention { background: var(--badge-tint); color: var(--badge); }
.sign svg { width: 1.5rem; height: 1.5rem; fill: none; stroke: currentColor; stroke-width: 2.5;
  stroke-linecap: round; stroke-linejoin: round; }
input[aria-invalid] { border-color: var(--bad); }
.verifier { display: block; margin: 0 0 1rem; padding: .875rem; border: 2px dashed var(--accent);
  border-radius: .625rem; background: var(--tint); font-size: 2rem; line-height: 1.2;
  letter-spacing: .15em; text-align: center; user-select: all; }
footer { max-width: 29rem; color: var(--quiet); font-size: .8125rem; text-align: center;
  text-wrap: balance; }
.text { justify-content: start; }
.text main { max-width: 48rem; }
h2 { margin: 2rem 0 .75rem; font-size: 1.1875rem; line-height: 1.3; overflow-wrap: anywhere; }
h2:target { outline: 3px solid var(--accent); outline-offset: 4px; }
.steps { margin: 0 0 1rem; padding: 0; list-style: none; }
.steps > li { margin: 0 0 .75rem; overflow-wrap: anywhere; }
.value { display: flex; align-items: flex-start; gap: .75rem; margin: .25rem 0 0; }
.value code { flex: 1 1 auto; min-width: 0; padding: .5rem .75rem; border: 1px solid var(--line);
  border-radius: .5rem; background: var(--ground); font-size: .8125rem; white-space: pre;
  overflow-x: auto; user-select: all; }
.value button { flex: 0 0 6rem; padding: .25rem .5rem; }
.note { margin: 0 0 .75rem; padding: .625rem .875rem; border-radius: .5rem;
  background: var(--badge-tint); color: var(--badge); }
@media print { .value button { display: none; } main { border: 0; box-shadow: none; } }
@media (max-width: 30rem) { main { padding: 1.5rem 1.25rem; } body { justify-content: start; } }
)css";

}  // namespace

std::string_view style() {
  return sheet;
}

std::string source_of(std::string_view content) {
  return fmt::format("'sha256-{}'", base64_encode(crypto::digest(crypto::Digest::sha256, content)));
}

std::string style_source() {
  return source_of(sheet);
}

}  // namespace applink::pages
