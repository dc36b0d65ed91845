#include "applink/oauth1/signature_base_string.h"

#include <gtest/gtest.h>

#include "applink/oauth1/base_string_uri.h"
#include "applink/oauth1/normalized_parameters.h"
#include "applink/oauth1/request_parameters.h"
#include "oauth1/requests.h"

namespace applink::oauth1 {
namespace {

using test::url;

TEST(NormalizedParameters, AreThoseOfThePublishedCases) {
  for (const auto& c : test::read_cases("vectors/normalization.vec")) {
    const auto parameters = request_parameters(test::request("GET", "http://h/?" + c.at("query")),
                                               {}, FormBodyRule::every_method);
    ASSERT_TRUE(parameters) << c.at("query");
    EXPECT_EQ(normalized_parameters(*parameters), c.at("normalized")) << c.at("query");
  }
}

TEST(NormalizedParameters, AreSortedByTheirEncodedBytes) {
  // Encoded, "ä" begins with '%', which comes before every letter and digit.
  EXPECT_EQ(normalized_parameters({{"z", ""}, {"a", ""}, {"\xC3\xA4", ""}, {"A", ""}, {"0", ""}}),
            "%C3%A4=&0=&A=&a=&z=");
  // A name is compared before any value, and one that ends comes before one that goes on.
  EXPECT_EQ(normalized_parameters({{"a1", "0"}, {"a-", "0"}, {"a", "z"}, {"a", "b"}}),
            "a=b&a=z&a-=0&a1=0");
  // "~" stays as it is, and is the last of all.
  EXPECT_EQ(normalized_parameters({{"a", "~"}, {"a", "\xFF"}, {"a", "z"}}), "a=%FF&a=z&a=~");
}

TEST(NormalizedParameters, EncodeEqualsSignsInNames) {
  EXPECT_EQ(normalized_parameters({{"a=b", "c"}, {"a", "b=c"}}), "a=b%3Dc&a%3Db=c");
}

TEST(NormalizedParameters, OfNothingAreEmpty) {
  EXPECT_EQ(normalized_parameters({}), "");
}

//= rfc5849#3.4.1.2
//# The scheme and host MUST be in lowercase.
//= rfc5849#3.4.1.2
//# The port MUST be included if it is not the default port for the scheme, and MUST be excluded if it
//# is the default.
//= rfc5849#3.4.1.2
//# Specifically, the port MUST be excluded when making an HTTP request [RFC2616] to port 80 or when
//# making an HTTPS request [RFC2818] to port 443.
//= rfc5849#3.4.1.2
//# All other non-default port numbers MUST be included.
TEST(BaseStringUri, IsThatOfThePublishedCases) {
  for (const auto& c : test::read_cases("vectors/base_string_uri.vec")) {
    EXPECT_EQ(base_string_uri(url(c.at("url"))), c.at("uri"));
  }
}

TEST(BaseStringUri, KeepsThePathByteForByte) {
  for (const std::string_view path :
       {"/a/../b", "/a/./b", "//", "/a//b", "/%7Euser", "/~user", "/%7euser", "/a%2Fb", "/a;v=1",
        "/a;", "/a+b", "/a=b&c", "/a:80/b", "/A@b", "/%20"}) {
    const std::string text = "https://h" + std::string(path);
    EXPECT_EQ(base_string_uri(url(text)), text);
  }
}

TEST(BaseStringUri, LeavesOutQueryAndFragment) {
  EXPECT_EQ(base_string_uri(url("http://h/p?q#f")), "http://h/p");
  EXPECT_EQ(base_string_uri(url("http://h#f")), "http://h/");
}

//= rfc5849#3.4.1.1
//# If the request uses a custom HTTP method, it MUST be encoded (Section 3.6).
TEST(SignatureBaseString, HasTheMethodInUpperCaseAndEncoded) {
  EXPECT_EQ(signature_base_string("get", url("http://h/"), {}), "GET&http%3A%2F%2Fh%2F&");
  EXPECT_EQ(signature_base_string("M-Search", url("http://h/"), {}), "M-SEARCH&http%3A%2F%2Fh%2F&");
  EXPECT_EQ(signature_base_string("a*b", url("http://h/"), {}), "A%2AB&http%3A%2F%2Fh%2F&");
}

// RFC 5849 section 3.4.1.1 encodes the normalized parameters once more.
TEST(SignatureBaseString, EncodesParametersTwice) {
  EXPECT_EQ(signature_base_string("GET", url("http://h/%20"), {{"a b", "%"}}),
            "GET&http%3A%2F%2Fh%2F%2520&a%2520b%3D%2525");
}

TEST(SignatureBaseString, HoldsThousandsOfParameters) {
  Parameters parameters;
  for (int i = 0; i < 3000; ++i) parameters.push_back({"p" + std::to_string(i % 7), "v v"});
  const std::string base_string = signature_base_string("GET", url("http://h/"), parameters);
  const std::string first = "GET&http%3A%2F%2Fh%2F&p0%3Dv%2520v%26p0%3Dv%2520v";
  EXPECT_EQ(base_string.substr(0, first.size()), first);
  EXPECT_EQ(base_string.size(), std::string("GET&http%3A%2F%2Fh%2F&").size() +
                                    3000 * std::string("p0%3Dv%2520v").size() +
                                    2999 * std::string("%26").size());
}

}  // namespace
}  // namespace applink::oauth1
