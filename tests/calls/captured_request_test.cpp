#include "applink/calls/captured_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace applink::calls {
namespace {

using testing::Contains;
using testing::HasSubstr;

class NoFiles final : public CurlFiles {
 public:
  Result<std::string> read(const std::string&) override {
    return fail(ErrorCode::failed, "there are no files here", "name none");
  }
  std::optional<std::string> default_config() override { return std::nullopt; }
};

Result<CapturedRequest> request_in(std::string_view text) {
  NoFiles files;
  return captured_request(text, {}, files);
}

// As Firefox 115 and Chromium 120 write "Copy as cURL (bash)", most headers left out.
TEST(CapturedRequest, IsACurlCommandAsABrowserCopiesIt) {
  const auto captured = request_in(
      "curl 'https://jira.example.com/rest/api/2/issue?a=b%20c' --compressed \\\n"
      "  -X POST \\\n"
      "  -H 'User-Agent: Mozilla/5.0' \\\n"
      "  -H 'Authorization: OAuth oauth_token=\"T\"' \\\n"
      "  -H 'Content-Type: application/x-www-form-urlencoded' \\\n"
      "  --data-raw $'a=it\\'s\\u0021&b=c+d'\n");
  ASSERT_TRUE(captured) << captured.error().message;
  EXPECT_EQ(captured->request.method, "POST");
  EXPECT_EQ(captured->request.url.text(), "https://jira.example.com/rest/api/2/issue?a=b%20c");
  EXPECT_EQ(captured->request.headers.find("Authorization"), "OAuth oauth_token=\"T\"");
  EXPECT_EQ(captured->request.body, "a=it's!&b=c+d");
}

TEST(CapturedRequest, MayHaveAPromptBeforeIt) {
  for (const char* const text : {"$ curl https://h/x", " /usr/bin/curl https://h/x \n",
                                 "curl.exe https://h/x", "curl\thttps://h/x"}) {
    const auto captured = request_in(text);
    ASSERT_TRUE(captured) << text << ": " << captured.error().message;
    EXPECT_EQ(captured->request.method, "GET");
    EXPECT_EQ(captured->request.url.text(), "https://h/x");
  }
}

TEST(CapturedRequest, IsAMessageWhereItIsNoCommand) {
  const auto captured = request_in("GET /curl HTTP/1.1\nHost: h\n\n");
  ASSERT_TRUE(captured);
  EXPECT_EQ(captured->request.url.text(), "https://h/curl");
}

TEST(CapturedRequest, SaysThatABodyIsNotLookedAt) {
  const auto captured = request_in("curl https://h/x -F a=b");
  ASSERT_TRUE(captured) << captured.error().message;
  EXPECT_THAT(captured->notes, Contains(HasSubstr("the body is not looked at")));
}

TEST(CapturedRequest, IsOneRequest) {
  for (const char* const text :
       {"curl https://h/x https://h/y", "curl https://h/x --next https://h/y"}) {
    const auto captured = request_in(text);
    ASSERT_FALSE(captured) << text;
    EXPECT_EQ(captured.error().message, "the command makes 2 requests");
    EXPECT_FALSE(captured.error().hint.empty());
  }
  for (const char* const text : {"curl", "curl 'https://h/x", "curl https://h/x | jq ."}) {
    const auto captured = request_in(text);
    ASSERT_FALSE(captured) << text;
    EXPECT_FALSE(captured.error().hint.empty()) << text;
  }
}

}  // namespace
}  // namespace applink::calls
