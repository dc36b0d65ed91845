// HTML around what a page says.
#include "pages/page.h"

#include <fmt/format.h>

#include "pages/style.h"

namespace applink::pages {

namespace {

std::string_view class_of(Shape shape) {
  return shape == Shape::text ? R"( class="text")" : "";
}

std::string whole(const Page& page, std::string_view policy, std::string_view script) {
  return fmt::format(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
{}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{}</title>
<style>{}</style>
</head>
<body{}>
<main>
{}
</main>
<footer>{}</footer>
{}</body>
</html>
)",
                     policy, page.title, style(), class_of(page.shape), page.main, page.footer,
                     script);
}

}  // namespace

std::string html(const Page& page) {
  return whole(page, "", "");
}

std::string html_file(const Page& page, std::string_view script) {
  const std::string policy = fmt::format(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; "
      "script-src {}; base-uri 'none'; form-action 'none'\">\n",
      style_source(), source_of(script));
  return whole(page, policy, fmt::format("<script>{}</script>\n", script));
}

std::string_view picture(Sign sign) {
  switch (sign) {
    case Sign::good:
      return R"(<span class="sign good" aria-hidden="true"><svg viewBox="0 0 24 24"><path d="M5 12.5l4.5 4.5L19 7.5"/></svg></span>
)";
    case Sign::bad:
      return R"(<span class="sign bad" aria-hidden="true"><svg viewBox="0 0 24 24"><path d="M7 7l10 10M17 7L7 17"/></svg></span>
)";
    case Sign::attention:
      return R"(<span class="sign attention" aria-hidden="true"><svg viewBox="0 0 24 24"><path d="M12 5.5v8M12 18v.5"/></svg></span>
)";
  }
  return {};
}

}  // namespace applink::pages
