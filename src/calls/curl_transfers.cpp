// The transfers of a section: its URLs, each with its own -o and -T, and what they share.
#include "calls/curl_transfers.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/form.h"
#include "calls/curl_data.h"
#include "calls/curl_globs.h"
#include "calls/curl_headers.h"
#include "calls/curl_method.h"
#include "calls/curl_refusal.h"
#include "calls/curl_transfer_arguments.h"
#include "calls/curl_url.h"

namespace applink::calls {
namespace {

/// A transfer before its request is made: the n-th URL of the section, what -T gives to it.
struct Target {
  std::size_t number = 0;
  GlobbedUrl url;
  std::string upload;
};

std::vector<CurlWord> all_that(const std::vector<CurlWord>& words,
                               bool (*wanted)(const CurlWord&)) {
  std::vector<CurlWord> found;
  std::copy_if(words.begin(), words.end(), std::back_inserter(found), wanted);
  return found;
}

template <CurlEffect effect>
bool does(const CurlWord& word) {
  return word.is(effect);
}

/// The last word of --[no-]OPTION counts.
bool is_switched_on(const std::vector<CurlWord>& words, CurlEffect effect) {
  const auto last = std::find_if(words.rbegin(), words.rend(),
                                 [effect](const auto& word) { return word.is(effect); });
  return last != words.rend() && last->on();
}

/// Of -T.
bool is_standard_input(std::string_view file) {
  return file == "-" || file == ".";
}

class Section {
 public:
  Section(std::vector<CurlWord> words, CurlFiles& files, CurlPurpose purpose)
      : words_(std::move(words)), files_(files), purpose_(purpose) {}

  Result<std::vector<CurlTransfer>> transfers(std::size_t limit) {
    TRY_ASSIGN(words_, with_headers_written_out(std::move(words_), files_));
    TRY_ASSIGN(headers_, read_curl_headers(words_, files_, purpose_));
    TRY_ASSIGN(method_, curl_method(words_));
    settle_content_type();
    TRY_ASSIGN(const auto targets, this->targets(limit));
    TRY(read_query());
    TRY(read_data(targets.size()));
    std::vector<CurlTransfer> transfers;
    for (const auto& target : targets) {
      TRY_ASSIGN(auto transfer, this->transfer(target));
      transfers.push_back(std::move(transfer));
    }
    return transfers;
  }

 private:
  void settle_content_type() {
    if (headers_.settles_content_type) return;
    const bool json = std::any_of(words_.begin(), words_.end(), does<CurlEffect::json>);
    if (json) {
      headers_.content_type = curl_json_type;
    } else if (method_.sends == CurlSends::data) {
      headers_.content_type = http::form_media_type;
    } else if (method_.sends == CurlSends::multipart) {
      headers_.content_type = "multipart/form-data";
    }
  }

  [[nodiscard]] http::Headers headers() const {
    http::Headers headers;
    if (headers_.content_type) headers.add("Content-Type", *headers_.content_type);
    if (headers_.authorization) headers.add("Authorization", *headers_.authorization);
    return headers;
  }

  [[nodiscard]] bool is_form() const { return http::is_form(headers()); }

  Result<std::vector<Target>> targets(std::size_t limit) {
    const auto urls = all_that(words_, does<CurlEffect::url>);
    const auto uploads = all_that(words_, does<CurlEffect::upload>);
    const auto outputs = all_that(words_, does<CurlEffect::output>);
    if (urls.empty()) return refuse_line("the curl line has no URL", "write the URL at its end");
    if (uploads.size() > urls.size() || outputs.size() > urls.size()) {
      return refuse_line("the curl line has more outputs or uploads than URLs",
                         "give one -o or -T for each URL");
    }
    std::vector<Target> targets;
    for (std::size_t i = 0; i < urls.size(); ++i) {
      const auto upload = i < uploads.size() ? uploads[i].value : std::string();
      TRY(check_upload(upload));
      TRY_ASSIGN(auto expanded, expanded_url(urls[i].value, limit - targets.size()));
      for (auto& url : expanded) targets.push_back({i, std::move(url), upload});
    }
    return targets;
  }

  Result<std::vector<GlobbedUrl>> expanded_url(const std::string& url, std::size_t limit) {
    if (!is_switched_on(words_, CurlEffect::glob_off)) return expand_curl_globs(url, limit);
    if (limit == 0) return too_many_curl_transfers();
    return std::vector<GlobbedUrl>{{url, {}}};
  }

  Result<void> check_upload(const std::string& file) {
    if (is_switched_on(words_, CurlEffect::glob_off)) return {};
    if (file.find_first_of("{}[]\\") == std::string::npos) return {};
    return refuse_line("-T names several files, and each upload needs a signature of its own",
                       "give one -T FILE URL for each, or -g where the name has such a character");
  }

  Result<void> read_query() {
    const auto words = all_that(words_, does<CurlEffect::url_query>);
    if (!words.empty() && method_.data_in_query) {
      return refuse_line("-G and --url-query both add to the query, and not every curl takes both",
                         "give all of it with --url-query");
    }
    TRY_ASSIGN(query_, read_curl_query(words, files_));
    return {};
  }

  /// What is gone when curl comes: a descriptor of this program, standard input for the second
  /// transfer.
  static bool must_be_read(const std::vector<CurlWord>& words, std::size_t transfers) {
    return std::any_of(words.begin(), words.end(), [transfers](const auto& word) {
      return reads_once(word) && (transfers > 1 || !reads_standard_input(word));
    });
  }

  Result<void> read_data(std::size_t transfers) {
    const auto words = all_that(words_, is_curl_data);
    const bool covered = method_.data_in_query || is_form() || purpose_ != CurlPurpose::signing;
    if (words.empty() || (!covered && !must_be_read(words, transfers))) return {};
    const auto then = purpose_ == CurlPurpose::inspection ? ReadOnce::left : ReadOnce::written_out;
    TRY_ASSIGN(auto data, read_curl_data(words, files_, then));
    auto replacement = data.words.begin();
    for (auto& word : words_) {
      if (is_curl_data(word)) word = *replacement++;
    }
    (method_.data_in_query ? query_ : body_) = std::move(data.bytes);
    return {};
  }

  Result<CurlTransfer> transfer(const Target& target) {
    const auto dots =
        is_switched_on(words_, CurlEffect::path_as_is) ? DotSegments::kept : DotSegments::squashed;
    TRY_ASSIGN(auto url, curl_url(target.url.url, query_, dots));
    TRY(check_target(target, url));
    const auto sends = sends_to(target);
    http::Request request{method_name(method_, sends), std::move(url), headers(), {}};
    CurlTransfer transfer{std::move(request), CurlBody::none, {}, {}};
    TRY(add_body(transfer, target, sends));
    if (purpose_ != CurlPurpose::inspection) TRY(check_whole(transfer));
    transfer.arguments =
        transfer_arguments({words_, method_, headers_, target.number, target.url.choices});
    return transfer;
  }

  [[nodiscard]] CurlSends sends_to(const Target& target) const {
    const bool idle = method_.sends == CurlSends::upload && target.upload.empty();
    return idle ? CurlSends::unsaid : method_.sends;
  }

  static Result<void> check_target(const Target& target, const http::Url& url) {
    const bool nameless = target.upload.empty() || is_standard_input(target.upload);
    if (nameless || !(url.path().empty() || url.path().ends_with('/'))) return {};
    return refuse_line("curl adds the name of -T's file to a URL that ends with \"/\"",
                       "write the whole URL, the name included");
  }

  Result<void> add_body(CurlTransfer& transfer, const Target& target, CurlSends sends) {
    if (sends == CurlSends::multipart) {
      transfer.body = CurlBody::multipart;
      if (!is_form()) return {};
      return refuse_line("the header says that the body is a form, and -F makes a multipart one",
                         "leave that Content-Type out, or give the form with -d");
    }
    if (sends == CurlSends::data) {
      transfer.body = is_form() ? CurlBody::form : CurlBody::data;
      const bool wanted = is_form() || purpose_ != CurlPurpose::signing;
      if (wanted) transfer.request.body = body_;
    }
    if (sends == CurlSends::upload) return add_upload(transfer, target);
    return {};
  }

  Result<void> add_upload(CurlTransfer& transfer, const Target& target) {
    transfer.body = CurlBody::upload;
    const bool input = is_standard_input(target.upload);
    if (purpose_ == CurlPurpose::inspection || (purpose_ != CurlPurpose::signing && !input)) {
      TRY_ASSIGN(transfer.request.body, files_.read(input ? "-" : target.upload));
    }
    if (!is_form()) return {};
    if (purpose_ == CurlPurpose::inspection) {
      transfer.body = CurlBody::form;
      return {};
    }
    return refuse_line("-T uploads a form, and the signature would have to cover it",
                       "give the form with --data-binary @FILE -X PUT");
  }

  /// What no single word shows.
  Result<void> check_whole(CurlTransfer& transfer) {
    for (const auto& word : words_) {
      const bool spoils =
          (word.is(CurlEffect::alters_body) && transfer.body == CurlBody::form) ||
          (word.is(CurlEffect::alters_scheme) && transfer.request.url.scheme() == "http");
      if (!spoils || !word.on()) continue;
      const auto name = name_of(word);
      return refuse_line(fmt::format("{} {}", name, word.option->reason),
                         word.option->hint.empty() ? fmt::format("leave {} out", name)
                                                   : std::string(word.option->hint));
    }
    note_body(transfer);
    return {};
  }

  void note_body(CurlTransfer& transfer) const {
    const bool read = purpose_ == CurlPurpose::signing_with_body;
    if (transfer.body == CurlBody::multipart) {
      transfer.notes.emplace_back("the body is not signed: it is multipart, and curl composes it");
    } else if (transfer.body == CurlBody::upload && (!read || transfer.request.body.empty())) {
      transfer.notes.emplace_back("the body is not signed: curl reads what -T uploads");
    } else if (transfer.body == CurlBody::data && !read) {
      transfer.notes.push_back(fmt::format(
          "the body is not signed: OAuth 1.0 signs forms, and this is {}",
          headers_.content_type ? terminal_safe(*headers_.content_type) : "of no type"));
    }
  }

  std::vector<CurlWord> words_;
  CurlFiles& files_;
  CurlPurpose purpose_;
  CurlHeaders headers_;
  CurlMethod method_;
  std::string query_;
  std::string body_;
};

}  // namespace

Result<std::vector<CurlTransfer>> curl_transfers(std::vector<CurlWord> words, CurlFiles& files,
                                                 CurlPurpose purpose, std::size_t limit) {
  return Section(std::move(words), files, purpose).transfers(limit);
}

}  // namespace applink::calls
