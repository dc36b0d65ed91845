#include "sandbox/authorization_parameters.h"

#include <gtest/gtest.h>

namespace applink::sandbox {
namespace {

using oauth1::Parameters;

std::optional<Parameters> from(std::string header) {
  return header_parameters({{"Authorization", std::move(header)}});
}

http::Request request(std::string method, std::string_view url, std::string body,
                      std::string type = "application/x-www-form-urlencoded") {
  return {std::move(method),
          http::Url::parse(url).value(),
          {{"Content-Type", std::move(type)}},
          std::move(body)};
}

TEST(HeaderParameters, DecodesNamesAndValuesInTheirOrder) {
  EXPECT_EQ(from(R"(OAuth oauth_b="2%2B", oauth%5Fa="%C3%BC", x="")"),
            (Parameters{{"oauth_b", "2+"}, {"oauth_a", "ü"}, {"x", ""}}));
}

TEST(HeaderParameters, TakesTheSchemeInAnyCase) {
  EXPECT_EQ(from(R"(oAUTH a="1")"), (Parameters{{"a", "1"}}));
  EXPECT_EQ(from("OAuth\t a=\"1\""), (Parameters{{"a", "1"}}));
}

TEST(HeaderParameters, LooksAtNoOtherScheme) {
  EXPECT_EQ(from("Basic YTpi"), Parameters{});
  EXPECT_EQ(from(R"(OAuth2 a="1")"), Parameters{});
  EXPECT_EQ(from("OAuth"), Parameters{});
  EXPECT_EQ(from(""), Parameters{});
  EXPECT_EQ(header_parameters({}), Parameters{});
}

TEST(HeaderParameters, CollectsEveryHeader) {
  const http::Headers headers{{"Authorization", "Bearer x"},
                              {"authorization", R"(OAuth a="1")"},
                              {"Authorization", R"(OAuth a="2")"}};
  EXPECT_EQ(header_parameters(headers), (Parameters{{"a", "1"}, {"a", "2"}}));
}

TEST(HeaderParameters, DropsRealmInAnyCase) {
  EXPECT_EQ(from(R"(OAuth realm="r", REALM="s", a="1")"), (Parameters{{"a", "1"}}));
}

TEST(HeaderParameters, PassesOverWhatIsNotQuoted) {
  EXPECT_EQ(from(R"(OAuth a=1, b="2", c, d="3"x, "e", =, f="4)"), (Parameters{{"b", "2"}}));
}

TEST(HeaderParameters, ReadsARawPlusAsASpace) {
  EXPECT_EQ(from(R"(OAuth a="x+y")"), (Parameters{{"a", "x y"}}));
}

TEST(HeaderParameters, LosesAValueWithARawComma) {
  EXPECT_EQ(from(R"(OAuth a="x,y", b="2")"), (Parameters{{"b", "2"}}));
}

TEST(HeaderParameters, AllowsBlanksAroundEqualsAndCommas) {
  EXPECT_EQ(from("OAuth   a = \"1\" ,\tb=  \"2\""), (Parameters{{"a", "1"}, {"b", "2"}}));
  EXPECT_EQ(from(R"(OAuth a b="1")"), Parameters{});
}

// \S* is greedy: everything up to the last equals sign is the name.
TEST(HeaderParameters, GivesTheNameWhatStandsBeforeTheLastEqualsSign) {
  EXPECT_EQ(from(R"(OAuth a=b="1")"), (Parameters{{"a=b", "1"}}));
  EXPECT_EQ(from(R"(OAuth a="b="1")"), (Parameters{{"a=\"b", "1"}}));
}

TEST(HeaderParameters, ThrowsUpItsHandsAtABrokenEscape) {
  EXPECT_EQ(from(R"(OAuth a="%zz")"), std::nullopt);
  EXPECT_EQ(from(R"(OAuth a="1", b%="2")"), std::nullopt);
}

TEST(QueryParameters, DropsPairsThatTomcatDrops) {
  const auto url = http::Url::parse("http://127.0.0.1/?a=1&&=2&b&c=x+y&a=%C3%BC&d=%FF").value();
  EXPECT_EQ(query_parameters(url),
            (Parameters{{"a", "1"}, {"b", ""}, {"c", "x y"}, {"a", "ü"}, {"d", "\uFFFD"}}));
  EXPECT_EQ(query_parameters(http::Url::parse("http://127.0.0.1/").value()), Parameters{});
}

TEST(FormParameters, AreThoseOfAPost) {
  EXPECT_EQ(form_parameters(request("POST", "http://127.0.0.1/?q=1", "a=1&b=%2&c=3")),
            (Parameters{{"a", "1"}, {"c", "3"}}));
  EXPECT_EQ(form_parameters(request("POST", "http://127.0.0.1/", "a=1",
                                    "Application/X-WWW-Form-Urlencoded; charset=UTF-8")),
            (Parameters{{"a", "1"}}));
}

TEST(FormParameters, AreNoneOfAnotherMethodOrType) {
  for (const char* method : {"PUT", "PATCH", "DELETE", "GET"}) {
    EXPECT_EQ(form_parameters(request(method, "http://127.0.0.1/", "a=1")), Parameters{}) << method;
  }
  EXPECT_EQ(form_parameters(request("POST", "http://127.0.0.1/", "a=1", "application/json")),
            Parameters{});
}

}  // namespace
}  // namespace applink::sandbox
