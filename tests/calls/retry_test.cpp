#include "applink/calls/retry.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_transport.h"
#include "support/signed_requests.h"

namespace applink::calls {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using test::FakeTransport;
using test::protocol_parameter;
using test::TestSigner;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Waits in no time, and moves the clock of the signer on.
class FakePauses final : public Pauses {
 public:
  explicit FakePauses(test::FixedClock& clock) : clock_(clock) {}
  [[nodiscard]] milliseconds elapsed() const override { return elapsed_; }
  void pause(milliseconds length) override {
    lengths.push_back(length);
    elapsed_ += length;
    clock_.advance(std::chrono::duration_cast<std::chrono::seconds>(length));
  }
  std::vector<milliseconds> lengths;

 private:
  test::FixedClock& clock_;
  milliseconds elapsed_{123456};
};

const Error gone{ErrorCode::unreachable, "jira.example.com refuses the connection", "is it up?"};

struct RetryTest : testing::Test {
  Result<http::Response> send(const Call& call, RetryPolicy policy) {
    return send_with_retries(sender, call, policy, pauses,
                             [this](std::string_view line) { told.emplace_back(line); });
  }
  Result<http::Response> get(RetryPolicy policy) {
    return send({"GET", "/rest/x", {}, ""}, policy);
  }

  TestSigner test;
  FakeTransport transport;
  Sender sender{transport, test.signer, std::nullopt};
  FakePauses pauses{test.clock};
  std::vector<std::string> told;
};

TEST_F(RetryTest, SendsOnceUnasked) {
  transport.answer(503, "");
  EXPECT_EQ(get({})->status, 503);
  EXPECT_THAT(pauses.lengths, IsEmpty());
  EXPECT_THAT(told, IsEmpty());
}

TEST_F(RetryTest, RepeatsWhatMayPassAndReturnsWhatCameInTheEnd) {
  for (const int status : {429, 502, 503, 504}) {
    transport.answer(status, "");
    transport.answer(200, "{}");
    EXPECT_EQ(get({.retries = 1})->body, "{}") << status;
  }
  transport.answer(gone);
  transport.answer(200, "{}");
  EXPECT_EQ(get({.retries = 1})->body, "{}");
  EXPECT_EQ(transport.requests().size(), 10U);
}

TEST_F(RetryTest, RepeatsNothingElse) {
  for (const int status : {200, 204, 302, 400, 401, 403, 404, 408, 409, 500, 501}) {
    transport.answer(status, "");
    EXPECT_EQ(get({.retries = 5})->status, status);
  }
  transport.answer(Error{ErrorCode::usage, "no such URL", "another"});
  EXPECT_EQ(get({.retries = 5}).error().code, ErrorCode::usage);
  EXPECT_THAT(pauses.lengths, IsEmpty());
}

TEST_F(RetryTest, SignsEveryAttemptAfresh) {
  for (int i = 0; i < 3; ++i) transport.answer(503, "");
  EXPECT_EQ(get({.retries = 2})->status, 503);
  std::set<std::string> nonces;
  std::vector<std::string> timestamps;
  for (const auto& request : transport.requests()) {
    nonces.insert(protocol_parameter(request, "oauth_nonce"));
    timestamps.push_back(protocol_parameter(request, "oauth_timestamp"));
    EXPECT_TRUE(test::is_signed(request, oauth1::FormBodyRule::post_only));
  }
  EXPECT_EQ(nonces.size(), 3U);
  EXPECT_THAT(timestamps, ElementsAre("1196666512", "1196666513", "1196666515"));
}

TEST_F(RetryTest, WaitsLongerAndLonger) {
  for (int i = 0; i < 8; ++i) transport.answer(gone);
  EXPECT_EQ(get({.retries = 7, .limit = 1h}).error().message, gone.message);
  EXPECT_THAT(pauses.lengths, ElementsAre(1s, 2s, 4s, 8s, 16s, 30s, 30s));
}

TEST_F(RetryTest, WaitsAsLongAsTheServerSays) {
  transport.answer({503, {{"Retry-After", "7"}}, ""});
  transport.answer({429, {{"Retry-After", "0"}}, ""});
  transport.answer({503, {{"Retry-After", "soon"}}, ""});
  transport.answer(200, "");
  EXPECT_EQ(get({.retries = 3})->status, 200);
  EXPECT_THAT(pauses.lengths, ElementsAre(7s, 20ms, 4s));
  EXPECT_THAT(told,
              ElementsAre("jira answered 503 Service Unavailable: asking again in 7 seconds",
                          "jira answered 429 Too Many Requests: asking again at once",
                          "jira answered 503 Service Unavailable: asking again in 4 seconds"));
}

TEST_F(RetryTest, FallsOnNoServerThatSaysNowAgainAndAgain) {
  constexpr int attempts = 66;  // in a minute: 7 within the first two seconds
  for (int i = 0; i < attempts; ++i) {
    transport.answer(
        {503, {{"Retry-After", i % 2 == 0 ? "0" : "Sun, 06 Nov 1994 08:49:37 GMT"}}, ""});
  }
  EXPECT_EQ(get({.retries = 1000, .limit = 60s})->status, 503);
  EXPECT_THAT(std::vector(pauses.lengths.begin(), pauses.lengths.begin() + 9),
              ElementsAre(10ms, 20ms, 40ms, 80ms, 160ms, 320ms, 640ms, 1s, 1s));
  EXPECT_EQ(transport.requests().size(), std::size_t{attempts});
  EXPECT_THAT(told.back(), HasSubstr("asked again in 1 second, and the time is over then"));
}

TEST_F(RetryTest, SaysWhatHappened) {
  transport.answer(gone);
  transport.answer(200, "");
  EXPECT_TRUE(get({.retries = 1}));
  EXPECT_THAT(told,
              ElementsAre("jira.example.com refuses the connection: asking again in 1 second"));
}

TEST_F(RetryTest, AsksNoMoreWhereTheTimeIsOver) {
  transport.answer({503, {{"Retry-After", "60"}}, ""});
  EXPECT_EQ(get({.retries = 3, .limit = 59s})->status, 503);
  EXPECT_THAT(pauses.lengths, IsEmpty());
  EXPECT_THAT(told, ElementsAre(HasSubstr("in 60 seconds, and the time is over then")));

  for (int i = 0; i < 4; ++i) transport.answer(gone);
  EXPECT_FALSE(get({.retries = 9, .limit = 7s}));
  EXPECT_THAT(pauses.lengths, ElementsAre(1s, 2s, 4s)) << "8 seconds more are too many";
}

TEST_F(RetryTest, RepeatsNoRequestThatMayHaveBeenCarriedOut) {
  for (const std::string_view method : {"POST", "PUT", "DELETE", "PATCH", "TRACE", "get", "X"}) {
    const auto sent = send({std::string(method), "/rest/x", {}, ""}, {.retries = 1});
    ASSERT_FALSE(sent) << method;
    EXPECT_EQ(sent.error().code, ErrorCode::usage);
    EXPECT_THAT(sent.error().message, HasSubstr("is not repeated"));
    EXPECT_THAT(sent.error().hint, HasSubstr("leave out --retry"));
  }
  EXPECT_THAT(transport.requests(), IsEmpty());
  for (const std::string_view method : {"GET", "HEAD", "OPTIONS"}) {
    EXPECT_FALSE(unsafe_to_repeat(method)) << method;
  }
  transport.answer(503, "");
  EXPECT_EQ(send({"POST", "/rest/x", {}, ""}, {})->status, 503);
}

TEST(RealPauses, LetTimePass) {
  RealPauses pauses;
  const auto before = pauses.elapsed();
  pauses.pause(2ms);
  EXPECT_GE(pauses.elapsed() - before, 2ms);
}

}  // namespace
}  // namespace applink::calls
