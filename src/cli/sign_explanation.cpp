// The steps of RFC 5849 section 3, one under the other.
#include "cli/sign_explanation.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/base/utf8.h"
#include "applink/http/form.h"
#include "applink/signing/computation.h"
#include "applink/signing/request_signer.h"

namespace applink::cli {
namespace {

constexpr std::size_t width = 80;
constexpr std::string_view indent = "  ";
constexpr std::size_t widest_name = 24;
/// Method, URI, parameters.
constexpr std::array<std::string_view, 3> part_colors{"1;35", "1;36", "1;32"};
constexpr std::string_view heading_color = "1";

/// Text that is broken at the last column wherever that falls, for none of it has blanks to break
/// at; every line begins in the column where the first one does.
class Lines {
 public:
  Lines(std::size_t column, Colored colored)
      : column_(column), at_(column), painted_(colored == Colored::yes) {}

  void add(std::string_view text, std::string_view color = {}) {
    paint(color);
    while (!text.empty()) {
      const auto length = std::max<std::size_t>(first_code_point(text).length, 1);
      if (at_ == width) {
        paint({});
        text_ += "\n" + std::string(column_, ' ');
        at_ = column_;
        paint(color);
      }
      text_ += text.substr(0, length);
      text.remove_prefix(length);
      ++at_;
    }
    paint({});
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void paint(std::string_view color) {
    if (!painted_ || color == color_) return;
    text_ += color.empty() ? "\x1b[0m" : fmt::format("\x1b[{}m", color);
    color_ = color;
  }

  std::size_t column_;
  std::size_t at_;
  bool painted_;
  std::string text_;
  std::string_view color_;
};

std::string broken(std::string_view text, std::size_t column) {
  Lines lines(column, Colored::no);
  lines.add(text);
  return lines.text();
}

std::string heading(std::string_view text, Colored colored) {
  if (colored == Colored::no) return fmt::format("{}\n", text);
  return fmt::format("\x1b[{}m{}\x1b[0m\n", heading_color, text);
}

std::string_view word_of(signing::ParameterSource source, oauth1::Placement placement) {
  switch (source) {
    case signing::ParameterSource::query:
      return "query";
    case signing::ParameterSource::signature:
      return oauth1::to_string(placement);
    case signing::ParameterSource::form_body:
      return "body";
  }
  return {};
}

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (; !text.empty(); ++columns) {
    text.remove_prefix(std::max<std::size_t>(first_code_point(text).length, 1));
  }
  return columns;
}

/// "  query   jql   project = TEST"; a name that is too wide has a line of its own.
std::string parameter_line(const signing::SourcedParameter& parameter, oauth1::Placement placement,
                           std::size_t name_width) {
  constexpr std::size_t name_column = 10;
  const std::size_t value_column = name_column + name_width + 2;
  const auto name = terminal_safe(parameter.name);
  const auto columns = columns_of(name);
  const auto lead = fmt::format("{}{:<8}{}", indent, word_of(parameter.source, placement),
                                broken(name, name_column));
  const auto gap = columns <= name_width ? std::string(name_width + 2 - columns, ' ')
                                         : "\n" + std::string(value_column, ' ');
  const auto value = broken(terminal_safe(parameter.value), value_column);
  return value.empty() ? lead + "\n" : lead + gap + value + "\n";
}

std::string parameter_lines(const signing::Computation& computation, oauth1::Placement placement) {
  std::size_t name_width = 0;
  for (const auto& parameter : computation.parameters) {
    name_width = std::max(name_width, columns_of(terminal_safe(parameter.name)));
  }
  name_width = std::min(name_width, widest_name);
  std::string lines;
  for (const auto& parameter : computation.parameters) {
    lines += parameter_line(parameter, placement, name_width);
  }
  return lines;
}

std::string base_string_lines(const signing::Computation& computation, Colored colored) {
  Lines lines(indent.size(), colored);
  for (std::size_t i = 0; i < computation.parts.size(); ++i) {
    if (i > 0) lines.add("&");
    lines.add(computation.parts.at(i), part_colors.at(i));
  }
  return fmt::format("{}{}\n", indent, lines.text());
}

std::string request_lines(const SignedRequest& made) {
  const auto& request = made.unsigned_request;
  auto lines =
      fmt::format("{}{}\n", indent,
                  broken(fmt::format("{} {}", request.method, request.url.text()), indent.size()));
  const auto rule = words_of_form_rule(made.link, request);
  return rule.empty() ? lines : lines + fmt::format("{}{}\n", indent, rule);
}

/// The part of the request that the signature went into.
std::pair<std::string_view, std::string> placed_part(const SignedRequest& made) {
  switch (made.signature.placement) {
    case oauth1::Placement::header:
      return {"header (RFC 5849 section 3.5.1)",
              fmt::format("Authorization: {}",
                          made.request.headers.find("Authorization").value_or(""))};
    case oauth1::Placement::query:
      return {"URL (RFC 5849 section 3.5.3)", made.request.url.text()};
    case oauth1::Placement::body:
      return {"body (RFC 5849 section 3.5.2)", made.request.body};
  }
  return {};
}

}  // namespace

std::string words_of_form_rule(const jira::ApplicationLink& link, const http::Request& request) {
  if (!http::is_form(request.headers)) return {};
  const auto method = terminal_safe(request.method);
  if (signing::form_body_rule(link.product) == oauth1::FormBodyRule::every_method) {
    return fmt::format("the form in the body is signed, with {} too, as RFC 5849 says", method);
  }
  const auto provider = jira::provider_word(link);
  if (to_lower_ascii(request.method) == "post") {
    return fmt::format("the form in the body is signed: {} reads that of a POST", provider);
  }
  return fmt::format("the form in the body is not signed: {} reads none but that of a POST",
                     provider);
}

Result<std::string> sign_explanation(const SignedRequest& made, Colored colored) {
  const auto rule = signing::form_body_rule(made.link.product);
  TRY_ASSIGN(const auto computation,
             signing::computation_of(made.unsigned_request, made.signature, rule));
  std::string text = heading("request", colored) + request_lines(made) + "\n";
  text += heading("parameters, and where each stands in the request", colored) +
          parameter_lines(computation, made.signature.placement) + "\n";
  text += heading("encoded and sorted (RFC 5849 section 3.4.1.3.2)", colored);
  for (const auto& pair : computation.sorted) {
    text += fmt::format("{}{}\n", indent, broken(pair, indent.size()));
  }
  text += "\n" + heading("base string (section 3.4.1.1): METHOD & URI & PARAMETERS", colored) +
          base_string_lines(computation, colored) + "\n";
  text += heading(fmt::format("signature, {}", oauth1::to_string(made.link.signature_method)),
                  colored) +
          fmt::format("{}{}\n\n", indent, broken(made.signature.value, indent.size()));
  const auto [name, part] = placed_part(made);
  return text + heading(name, colored) + fmt::format("{}{}\n", indent, broken(part, indent.size()));
}

}  // namespace applink::cli
