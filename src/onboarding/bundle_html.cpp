// A bundle as a page.
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "applink/onboarding/bundle.h"
#include "onboarding/bundle_words.h"
#include "pages/escape.h"
#include "pages/page.h"

namespace applink::onboarding {
namespace {

using pages::escape_html;

/// Where the clipboard is not to be had, the value is selected, for the person to copy.
constexpr std::string_view script = R"js(
document.addEventListener('click', async (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const value = button.parentElement.querySelector('code');
  let copied = false;
  try {
    await navigator.clipboard.writeText(value.textContent);
    copied = true;
  } catch {
    getSelection().selectAllChildren(value);
    copied = document.execCommand('copy');
  }
  button.textContent = copied ? 'Copied' : 'Press Ctrl+C';
  document.getElementById('said').textContent = copied ? button.dataset.what + ' copied' : '';
});
)js";

std::string value_with_button(std::string_view value, std::string_view what) {
  return fmt::format(
      "<div class=\"value\"><code>{}</code>"
      "<button type=\"button\" data-what=\"{}\" aria-label=\"Copy {}\">Copy</button></div>\n",
      escape_html(value), escape_html(what), escape_html(what));
}

std::string html_of(const jira::ScreenItem& item) {
  if (item.doing == jira::Doing::open) {
    return fmt::format(
        "<li>Open <a href=\"{0}\" target=\"_blank\" rel=\"noreferrer\">{0}</a></li>\n",
        escape_html(item.value));
  }
  std::string text =
      fmt::format("<li>{} <b>{}</b>", jira::word_of(item.doing), escape_html(item.label));
  if (jira::is_copied(item.doing))
    return text + value_with_button(item.value, item.label) + "</li>\n";
  if (!item.value.empty()) text += fmt::format(": <b>{}</b>", escape_html(item.value));
  return text + "</li>\n";
}

std::string note(std::string_view text) {
  return fmt::format("<p class=\"note\">{}</p>\n", escape_html(text));
}

std::string html_of(const jira::Screen& screen) {
  std::string text = "<ul class=\"steps\">\n";
  for (const jira::ScreenItem& item : screen.items) text += html_of(item);
  text += "</ul>\n";
  for (const std::string& line : screen.notes) text += note(line);
  return text;
}

std::string heading(std::string_view text) {
  return fmt::format("<h2>{}</h2>\n", escape_html(text));
}

std::string paragraph(std::string_view text) {
  return fmt::format("<p>{}</p>\n", escape_html(text));
}

}  // namespace

std::string as_html(const Bundle& bundle) {
  std::string main = fmt::format("<h1>{}</h1>\n", escape_html(title_of(bundle)));
  main += paragraph(purpose_of(bundle));
  main += heading("First, compare the key") + paragraph(why_to_compare(bundle));
  main += value_with_button(spoken(bundle.fingerprint), "the fingerprint");
  if (!bundle.screens.unconfirmed.empty()) main += note(bundle.screens.unconfirmed);
  int number = 0;
  for (const jira::Screen& screen : bundle.screens.screens) {
    main += heading(fmt::format("{}. {}", ++number, screen.title)) + html_of(screen);
  }
  main += heading("Done") + paragraph(what_comes_then(bundle));
  main += heading("To look at it again, or to mend it: " + bundle.screens.check.title) +
          html_of(bundle.screens.check);
  main += heading("To undo it") + html_of(bundle.screens.undo);
  main += "<p id=\"said\" class=\"quiet\" role=\"status\"></p>";
  return pages::html_file(
      {escape_html(title_of(bundle)), std::move(main),
       "Made by applink. This page asks nothing of any network.", pages::Shape::text},
      script);
}

}  // namespace applink::onboarding
