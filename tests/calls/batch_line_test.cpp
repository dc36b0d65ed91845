#include "calls/batch_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace applink::calls {
namespace {

using testing::HasSubstr;

const http::FormPair a1{"a", "1"};

/// The request of a line that is right.
BatchRequest read_line(std::string_view line) {
  return read_batch_line(line).request.value();
}

/// What is said against a line, after the id that is still told.
struct Refusal {
  std::string id;
  std::string message;
  std::string hint;
};

Refusal refusal(std::string_view line) {
  const auto read = read_batch_line(line);
  if (read.request) return {read.id, "(not refused)", ""};
  EXPECT_EQ(read.request.error().code, ErrorCode::usage);
  EXPECT_FALSE(read.request.error().hint.empty()) << line;
  return {read.id, read.request.error().message, read.request.error().hint};
}

TEST(BatchLine, HasEveryField) {
  const auto request = read_line(
      R"({"method": "POST", "url": "/a?b", "body": "x=1", "content_type": "t/s", "nonce": "n",)"
      R"( "timestamp": 12, "realm": "", "callback": "oob", "verifier": "v"})");
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "/a?b");
  EXPECT_EQ(request.body, "x=1");
  EXPECT_EQ(request.content_type, "t/s");
  EXPECT_EQ(request.nonce, "n");
  EXPECT_EQ(request.timestamp, Timestamp(std::chrono::seconds(12)));
  EXPECT_EQ(request.realm, "");
  EXPECT_EQ(request.callback, "oob");
  EXPECT_EQ(request.verifier, "v");
  EXPECT_FALSE(request.form);
}

TEST(BatchLine, NeedsNoFieldButMethodAndUrl) {
  const auto request = read_line(R"({"url": "/", "method": "GET"})");
  EXPECT_FALSE(request.body || request.content_type || request.form || request.nonce ||
               request.timestamp || request.realm || request.callback || request.verifier);
  EXPECT_EQ(refusal(R"({"id": 1, "url": "/"})").message, "the field method is missing");
  EXPECT_EQ(refusal(R"({"id": 1, "method": "GET"})").message, "the field url is missing");
}

TEST(BatchLine, TakesAFormInItsOrderWithRepeats) {
  const auto request =
      read_line(R"({"method": "POST", "url": "/", "form": {"b": ["2", "3"], "a": "1", "a": "1"}})");
  EXPECT_THAT(request.form.value(),
              testing::ElementsAre(http::FormPair{"b", "2"}, http::FormPair{"b", "3"}, a1, a1));
  EXPECT_TRUE(read_line(R"({"method": "POST", "url": "/", "form": {}})").form->empty());
}

TEST(BatchLine, EchoesTheIdAsItWasGiven) {
  const auto id_of = [](const std::string& id) {
    return read_batch_line(R"({"method": "GET", "url": "/", "id": )" + id + "}").id;
  };
  EXPECT_EQ(id_of("7"), "7");
  EXPECT_EQ(id_of("-7"), "-7");
  EXPECT_EQ(id_of("18446744073709551615"), "18446744073709551615");
  EXPECT_EQ(id_of(R"("a\"\u00fc")"), R"("a\"ü")");
  EXPECT_EQ(read_batch_line(R"({"method": "GET", "url": "/"})").id, "null");
}

TEST(BatchLine, RefusesAnIdThatIsNeitherTextNorWholeNumber) {
  for (const char* const id : {"1.5", "true", "null", "[1]", "{}"}) {
    const auto line = std::string(R"({"method": "GET", "url": "/", "id": )") + id + "}";
    EXPECT_EQ(refusal(line).message, "the field id is neither a text nor a whole number") << id;
  }
}

TEST(BatchLine, NamesTheLineThatIsRefusedEvenWhereItsIdComesLast) {
  const auto said = refusal(R"({"metod": {"id": 5, "x": [1, {"id": 6}]}, "url": "/", "id": 7})");
  EXPECT_EQ(said.id, "7");
  EXPECT_EQ(said.message, "there is no field \"metod\"");
  EXPECT_EQ(said.hint, "did you mean method?");
  EXPECT_THAT(refusal(R"({"zzzzzzzz": 1})").hint, HasSubstr("id, method, url, body"));
}

TEST(BatchLine, RefusesAFieldThatIsThereTwice) {
  EXPECT_EQ(refusal(R"({"method": "GET", "url": "/a", "url": "/b"})").message,
            "the field url is there twice");
}

TEST(BatchLine, RefusesAValueOfAnotherKind) {
  const auto with = [](std::string_view field) {
    return refusal(R"({"id": 1, "method": "GET", "url": "/", )" + std::string(field) + "}").message;
  };
  for (const char* const field :
       {"body", "content_type", "nonce", "realm", "callback", "verifier"}) {
    for (const char* const value :
         {"1", "-1", "1.5", "true", "null", "[\"a\"]", "{\"a\": \"b\"}"}) {
      EXPECT_EQ(with(std::string("\"") + field + "\": " + value),
                std::string("the field ") + field + " is not a text");
    }
  }
  EXPECT_EQ(refusal(R"({"method": 1, "url": "/"})").message, "the field method is not a text");
  EXPECT_EQ(refusal(R"({"method": "GET", "url": ["/"]})").message, "the field url is not a text");
  for (const char* const value : {"\"1\"", "-1", "1.5", "1e3", "253402300800", "null", "[1]"}) {
    EXPECT_EQ(with(std::string("\"timestamp\": ") + value),
              "the field timestamp is not a whole number of seconds");
  }
  for (const char* const value :
       {"\"a=1\"", "[\"a\"]", "1", "null", "{\"a\": 1}", "{\"a\": null}", "{\"a\": [1]}",
        "{\"a\": [[\"1\"]]}", "{\"a\": {\"b\": \"1\"}}"}) {
    EXPECT_EQ(with(std::string("\"form\": ") + value), "the field form is not an object of texts");
  }
  EXPECT_EQ(with(R"("form": {}, "body": ["x"])"), "the field body is not a text");
}

TEST(BatchLine, RefusesWhatIsNoObject) {
  for (const char* const line :
       {"[]", "[1]", R"([{"id": 1}])", "1", "\"a\"", "null", "true", "no", "GET /"}) {
    EXPECT_EQ(refusal(line).message, "the line is no JSON object") << line;
    EXPECT_EQ(refusal(line).id, "null");
  }
}

TEST(BatchLine, RefusesWhatIsNoJsonAndTrustsNothingInIt) {
  EXPECT_EQ(refusal("").message, "the line is empty");
  EXPECT_EQ(refusal(" \t\r").message, "the line is empty");
  for (const char* const line :
       {R"({"id": 1, "method": "GET", "url": "/")", R"({"id": 1} {"id": 2})", R"({"id": 1,})",
        R"({"id": 1, "url": "\ud800"})", "{\"id\": 1, \"url\": \"\xff\"}", R"({"id": 01})"}) {
    const auto said = refusal(line);
    EXPECT_THAT(said.message, testing::StartsWith("the line is no JSON from character ")) << line;
    EXPECT_EQ(said.id, "null") << line;
  }
}

TEST(BatchLine, MayBeginWithAByteOrderMark) {
  EXPECT_EQ(read_line("\xef\xbb\xbf{\"method\": \"GET\", \"url\": \"/\"}").url, "/");
}

TEST(BatchLine, IsReadHoweverDeepItIs) {
  const std::string deep(100'000, '[');
  EXPECT_THAT(refusal(R"({"method": )" + deep).message, HasSubstr("no JSON from character"));
}

}  // namespace
}  // namespace applink::calls
