// curl's options that matter to a signature, each with what it does to one.
#include "calls/curl_option_table.h"

namespace applink::calls {
namespace {

using enum CurlTakes;
using enum CurlAge;
using enum CurlScope;
using Does = CurlEffect;

constexpr std::string_view second_login =
    "logs in another way, and the signature takes the place of every other login";
constexpr std::string_view asks_twice =
    "sends the request once to ask and again to answer, and a signature is good once";
constexpr std::string_view redirects =
    "was taken out: a signature is good for one URL, so no redirect is followed";
constexpr std::string_view no_transfer = "tells about curl and sends nothing";

constexpr CurlOption mattering[] = {
    {"config", 'K', value, of_7_88, Does::config},
    {"data", 'd', value, of_7_88, Does::data},
    {"data-ascii", none, value, of_7_88, Does::data},
    {"data-binary", none, value, of_7_88, Does::data_binary},
    {"data-raw", none, value, of_7_88, Does::data_raw},
    {"data-urlencode", none, value, of_7_88, Does::data_urlencode},
    {"disable", 'q', toggle, of_7_88, Does::no_default_config},
    {"form", 'F', value, of_7_88, Does::form},
    {"form-string", none, value, of_7_88, Does::form},
    {"get", 'G', toggle, of_7_88, Does::get},
    {"globoff", 'g', toggle, of_7_88, Does::glob_off},
    {"head", 'I', toggle, of_7_88, Does::head},
    {"header", 'H', value, of_7_88, Does::header},
    {"json", none, value, of_7_88, Does::json},
    {"next", ':', nothing, of_7_88, Does::next},
    {"out-null", none, toggle, newer, Does::output},
    {"output", 'o', value, of_7_88, Does::output},
    {"path-as-is", none, toggle, of_7_88, Does::path_as_is},
    {"proxy-header", none, value, of_7_88, Does::header},
    {"remote-name", 'O', toggle, of_7_88, Does::output},
    {"request", 'X', value, of_7_88, Does::request},
    {"upload-file", 'T', value, of_7_88, Does::upload},
    {"url", none, value, of_7_88, Does::url},
    {"url-query", none, value, of_7_88, Does::url_query},

    {"cookie", 'b', value, of_7_88, Does::becomes_header},
    {"haproxy-clientip", none, value, newer, Does::becomes_header},
    {"httpsig-headers", none, value, newer, Does::becomes_header},
    {"httpsig-keyid", none, value, newer, Does::becomes_header},
    {"range", 'r', value, of_7_88, Does::becomes_header},
    {"referer", 'e', value, of_7_88, Does::becomes_header},
    {"user-agent", 'A', value, of_7_88, Does::becomes_header},
    {"continue-at", 'C', value, of_7_88, Does::alters_body, transfer,
     "leaves out the beginning of the body, and the signature covers the whole form"},
    {"crlf", none, toggle, of_7_88, Does::alters_body, transfer,
     "alters line ends on the way out, and the signature covers the form as it was given"},
    {"use-ascii", 'B', toggle, of_7_88, Does::alters_body, transfer,
     "alters line ends on the way out, and the signature covers the form as it was given"},
    {"hsts", none, value, of_7_88, Does::alters_scheme, transfer,
     "may turn http into https on the way, and the signature covers which one it is",
     "write https, or leave --hsts out"},

    {"libcurl", none, value, of_7_88, Does::shows, global,
     "writes the signature into its file, with the other headers"},
    {"trace", none, value, of_7_88, Does::shows, global,
     "writes the signature into its file, with the other headers"},
    {"trace-ascii", none, value, of_7_88, Does::shows, global,
     "writes the signature into its file, with the other headers"},
    {"verbose", 'v', toggle, of_7_88, Does::shows, global,
     "prints the signature, with the other headers"},

    {"follow", none, toggle, newer, Does::taken_out, transfer, redirects},
    {"location", 'L', toggle, of_7_88, Does::taken_out, transfer, redirects},
    {"location-trusted", none, toggle, of_7_88, Does::refused, transfer,
     "sends the signature to whatever host a redirect names"},

    {"anyauth", none, toggle, of_7_88, Does::refused, transfer, asks_twice},
    {"digest", none, toggle, of_7_88, Does::refused, transfer, asks_twice},
    {"negotiate", none, toggle, of_7_88, Does::refused, transfer, asks_twice},
    {"ntlm", none, toggle, of_7_88, Does::refused, transfer, asks_twice},
    {"ntlm-wb", none, toggle, of_7_88, Does::refused, transfer, asks_twice},
    {"parallel", 'Z', toggle, of_7_88, Does::refused, global,
     "starts transfers again when the server wants another protocol, and a signature is good once"},
    {"retry", none, value, of_7_88, Does::refused, transfer,
     "sends the same request again, and a signature is good once",
     "leave --retry out; applink request repeats a call with a new signature each time"},
    {"aws-sigv4", none, value, of_7_88, Does::refused, transfer, second_login},
    {"netrc", 'n', toggle, of_7_88, Does::refused, transfer, second_login},
    {"netrc-file", none, value, of_7_88, Does::refused, transfer, second_login},
    {"netrc-optional", none, toggle, of_7_88, Does::refused, transfer, second_login},
    {"oauth2-bearer", none, value, of_7_88, Does::refused, transfer, second_login},
    {"user", 'u', value, of_7_88, Does::refused, transfer, second_login},
    {"insecure", 'k', toggle, of_7_88, Does::refused, transfer,
     "gives the signed request to whoever answers in the server's place",
     "give the server's CA with --cacert FILE"},

    {"dump-ca-embed", none, nothing, newer, Does::unreadable, transfer, no_transfer},
    {"help", 'h', toggle, of_7_88, Does::unreadable, transfer, no_transfer,
     "type it after curl alone"},
    {"manual", 'M', toggle, of_7_88, Does::unreadable, transfer, no_transfer,
     "type it after curl alone"},
    {"metalink", none, toggle, of_7_88, Does::unreadable, transfer, "is taken by no curl any more"},
    {"request-target", none, value, of_7_88, Does::unreadable, transfer,
     "sends another target than that of the URL", "write the target into the URL"},
    {"variable", none, value, newer, Does::unreadable, transfer,
     "lets curl put the line together, so that nobody else knows what it sends",
     "write the values out, or let the shell put them in"},
    {"version", 'V', toggle, of_7_88, Does::unreadable, transfer, no_transfer,
     "type it after curl alone"},
};

}  // namespace

std::span<const CurlOption> curl_options_that_matter() {
  return mattering;
}

}  // namespace applink::calls
