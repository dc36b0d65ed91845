// Run under ThreadSanitizer too.
#include "applink/calls/batch.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <future>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/signed_requests.h"

namespace applink::calls {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

/// Nonces that threads may ask for.
struct Client {
  explicit Client(jira::ApplicationLink link = test::jira_link())
      : signer(std::move(link), test::private_key(), clock, nonces) {}

  test::FixedClock clock;
  oauth1::RandomNonces nonces;
  signing::RequestSigner signer;
  signing::Credentials credentials{.token = "tok"};
};

/// Hands out `input` in portions, and keeps what is written.
class Tape {
 public:
  explicit Tape(std::string input, std::size_t portion = 1000)
      : input_(std::move(input)), portion_(portion) {}

  BatchStreams streams() {
    return {.read = [this](std::span<char> buffer) { return read(buffer); },
            .write = [this](std::string_view lines) { return write(lines); },
            .tell = [this](const BatchSummary& summary) { told_.push_back(summary); }};
  }

  [[nodiscard]] std::vector<json> answers() const {
    std::vector<json> answers;
    for (std::size_t begin = 0; begin < output_.size();) {
      const auto end = output_.find('\n', begin);
      answers.push_back(json::parse(output_.substr(begin, end - begin)));
      begin = end + 1;
    }
    return answers;
  }
  [[nodiscard]] const std::string& output() const { return output_; }
  [[nodiscard]] const std::vector<BatchSummary>& told() const { return told_; }

 private:
  Result<std::size_t> read(std::span<char> buffer) {
    const auto size = std::min({buffer.size(), portion_, input_.size() - at_});
    std::copy_n(input_.begin() + static_cast<std::ptrdiff_t>(at_), size, buffer.begin());
    at_ += size;
    return size;
  }
  Result<void> write(std::string_view lines) {
    output_ += lines;
    return {};
  }

  std::string input_;
  std::size_t portion_;
  std::size_t at_ = 0;
  std::string output_;
  std::vector<BatchSummary> told_;
};

std::string line(int id, std::string_view more = "") {
  return R"({"id": )" + std::to_string(id) +
         R"(, "method": "GET", "url": "/rest/api/2/issue/TEST-)" + std::to_string(id) + "\"" +
         std::string(more) + "}\n";
}

std::vector<json> answers_to(std::string input, const Client& client = Client()) {
  Tape tape(std::move(input));
  EXPECT_TRUE(sign_batch(tape.streams(), client.signer, client.credentials));
  return tape.answers();
}

json answer_to(std::string_view input, const Client& client = Client()) {
  const auto answers = answers_to(std::string(input), client);
  EXPECT_EQ(answers.size(), 1U);
  return answers.front();
}

TEST(Batch, AnswersALineAsTheSignerWould) {
  const Client client;
  const auto answer = answer_to(line(1, R"(, "nonce": "n", "timestamp": 5)"), client);
  const auto alone =
      client.signer
          .sign({"GET",
                 test::url("https://jira.example.com/jira/rest/api/2/issue/"
                           "TEST-1"),
                 {},
                 ""},
                client.credentials, {.nonce = "n", .timestamp = Timestamp(std::chrono::seconds(5))})
          .value();
  EXPECT_EQ(answer["id"], 1);
  EXPECT_EQ(answer["authorization"], alone.headers.find("Authorization").value());
  EXPECT_THAT(answer["base_string"].get<std::string>(), HasSubstr("oauth_nonce%3Dn%26"));
  EXPECT_EQ(answer["signature"], test::protocol_parameter(alone, "oauth_signature"));
  EXPECT_EQ(answer["url"], alone.url.text());
  EXPECT_FALSE(answer.contains("error") || answer.contains("body"));
}

TEST(Batch, SaysTheUrlAndTheBodyOnlyWhereTheyAreOthersThanTheLines) {
  const auto whole =
      answer_to(R"({"method": "POST", "url": "https://jira.example.com/jira/x", "body": "a=b+c"})");
  EXPECT_FALSE(whole.contains("url") || whole.contains("body"));
  EXPECT_THAT(whole["base_string"].get<std::string>(), HasSubstr("&a%3Db%2520c%26oauth_"));
  const auto made = answer_to(R"({"method": "POST", "url": "/a b", "form": {"a": "b c"}})");
  EXPECT_EQ(made["url"], "https://jira.example.com/jira/a%20b");
  EXPECT_EQ(made["body"], "a=b+c");
}

TEST(Batch, PlacesTheSignatureWhereTheLinkSays) {
  auto link = test::jira_link();
  link.placement = oauth1::Placement::query;
  const auto in_query = answer_to(line(1), Client(link));
  EXPECT_FALSE(in_query.contains("authorization"));
  EXPECT_THAT(in_query["url"].get<std::string>(), HasSubstr("&oauth_signature="));
  link.placement = oauth1::Placement::body;
  const auto in_body =
      answer_to(R"({"method": "POST", "url": "/x", "form": {"a": "b"}})", Client(link));
  EXPECT_FALSE(in_body.contains("authorization"));
  EXPECT_THAT(in_body["body"].get<std::string>(), testing::StartsWith("a=b&oauth_consumer_key="));
}

TEST(Batch, TakesEachLinesOwnChoices) {
  const auto header = [](std::string_view more) {
    return answer_to(line(1, more))["authorization"].get<std::string>();
  };
  EXPECT_THAT(header(R"(, "realm": "R")"), testing::StartsWith("OAuth realm=\"R\", "));
  EXPECT_THAT(header(R"(, "timestamp": 7)"), HasSubstr("oauth_timestamp=\"7\""));
  EXPECT_THAT(header(R"(, "verifier": "v")"),
              testing::AllOf(HasSubstr("oauth_verifier=\"v\""), HasSubstr("oauth_token=\"tok\"")));
}

TEST(Batch, SendsNoTokenWhereACallbackAsksForOne) {
  const auto header = answer_to(line(1, R"(, "callback": "oob")"))["authorization"];
  EXPECT_THAT(header.get<std::string>(), HasSubstr("oauth_callback=\"oob\""));
  EXPECT_THAT(header.get<std::string>(), testing::Not(HasSubstr("oauth_token=")));
}

TEST(Batch, SignsWithTheChoicesOfAllWhereALineHasNone) {
  const Client client;
  Tape tape(line(1) + line(2, R"(, "realm": "own")"));
  const BatchOptions options{
      .choices = {.realm = "all", .version = oauth1::VersionParameter::omitted}};
  ASSERT_TRUE(sign_batch(tape.streams(), client.signer, client.credentials, options));
  const auto answers = tape.answers();
  EXPECT_THAT(answers.at(0)["authorization"].get<std::string>(), HasSubstr("realm=\"all\""));
  EXPECT_THAT(answers.at(1)["authorization"].get<std::string>(), HasSubstr("realm=\"own\""));
  EXPECT_THAT(tape.output(), testing::Not(HasSubstr("oauth_version")));
}

TEST(Batch, PutsErrorsInTheWordsOfItsCaller) {
  const Client client;
  Tape tape("{}\n");
  const BatchOptions options{.in_words = [](Error error) {
    error.message = "other words";
    return error;
  }};
  ASSERT_TRUE(sign_batch(tape.streams(), client.signer, client.credentials, options));
  EXPECT_EQ(tape.answers().at(0)["error"]["message"], "other words");
}

TEST(Batch, RefusesABodyWhoseKindNobodyKnows) {
  const auto message = [](std::string_view fields) {
    const auto answer =
        answer_to(R"({"method": "POST", "url": "/x", )" + std::string(fields) + "}");
    EXPECT_FALSE(answer["error"]["hint"].get<std::string>().empty());
    EXPECT_EQ(answer["error"]["code"], "usage");
    return answer["error"]["message"].get<std::string>();
  };
  EXPECT_THAT(message(R"("body": " {}")"), HasSubstr("looks like JSON"));
  EXPECT_THAT(message(R"("form": {}, "body": "a")"), HasSubstr("form stands for both"));
  EXPECT_THAT(message(R"("form": {}, "content_type": "a/b")"), HasSubstr("form stands for both"));
  EXPECT_THAT(message(R"("body": "a", "content_type": "a\nb: c")"),
              HasSubstr("no header may hold"));
}

TEST(Batch, AnswersABadLineWithItsErrorAndGoesOn) {
  const Client client;
  Tape tape(line(1) + "nonsense\n" + R"({"id": "x", "method": "GET", "url": "https://else/"})" +
            "\n\n" + line(5));
  const auto summary = sign_batch(tape.streams(), client.signer, client.credentials).value();
  const auto answers = tape.answers();
  ASSERT_EQ(answers.size(), 5U);
  EXPECT_TRUE(answers[0].contains("signature"));
  EXPECT_EQ(answers[1]["error"]["message"], "the line is no JSON object");
  EXPECT_EQ(answers[2]["id"], "x");
  EXPECT_THAT(answers[2]["error"]["message"].get<std::string>(), HasSubstr("does not belong"));
  EXPECT_FALSE(answers[2].contains("signature"));
  EXPECT_EQ(answers[3]["error"]["message"], "the line is empty");
  EXPECT_EQ(answers[4]["id"], 5);
  EXPECT_EQ(summary.lines, 5U);
  EXPECT_EQ(summary.failed, 3U);
  EXPECT_EQ(summary.first_failed, 2U);
}

TEST(Batch, AnswersNothingToNothing) {
  EXPECT_TRUE(answers_to("").empty());
}

TEST(Batch, TakesALastLineWithoutALineEndAndLineEndsOfWindows) {
  auto input = line(1) + line(2);
  input.insert(input.find('\n'), "\r");
  input.pop_back();
  EXPECT_EQ(answers_to(input).size(), 2U);
}

TEST(Batch, RefusesALineThatIsTooLongAndKeepsNothingOfIt) {
  const auto padded = [](std::size_t size) {
    auto text = line(1);
    text.insert(1, size - (text.size() - 1), ' ');
    return text;
  };
  const Client client;
  Tape tape(padded(longest_batch_line) + padded(longest_batch_line + 1) +
                padded(5 * longest_batch_line) + line(4) + std::string(longest_batch_line + 1, 'x'),
            100'000);
  ASSERT_TRUE(sign_batch(tape.streams(), client.signer, client.credentials));
  std::vector<std::string> messages;
  for (const auto& answer : tape.answers()) {
    messages.push_back(answer.contains("error") ? answer["error"]["message"].get<std::string>()
                                                : "signed");
  }
  const std::string too_long = "the line is longer than 1048576 bytes";
  EXPECT_THAT(messages, ElementsAre("signed", too_long, too_long, "signed", too_long));
}

TEST(Batch, KeepsTheOrderWithAnyNumberOfJobs) {
  const Client client;
  std::string input;
  for (int id = 0; id < 120; ++id) input += id % 7 == 3 ? "bad\n" : line(id);
  for (const unsigned jobs : {0U, 1U, 2U, 5U, 40U}) {
    Tape tape(input);
    const auto summary =
        sign_batch(tape.streams(), client.signer, client.credentials, {.jobs = jobs}).value();
    EXPECT_EQ(summary.lines, 120U);
    EXPECT_EQ(tape.told().back().lines, 120U);
    const auto answers = tape.answers();
    ASSERT_EQ(answers.size(), 120U);
    for (int id = 0; id < 120; ++id) {
      const auto& answer = answers.at(static_cast<std::size_t>(id));
      EXPECT_EQ(answer["id"], id % 7 == 3 ? json() : json(id));
      EXPECT_EQ(answer.contains("signature"), id % 7 != 3);
    }
  }
}

TEST(Batch, SignsEachLineInItsOwnRight) {
  const Client client;
  std::string input;
  for (int id = 0; id < 60; ++id) input += line(id);
  Tape tape(input);
  ASSERT_TRUE(sign_batch(tape.streams(), client.signer, client.credentials, {.jobs = 6}));
  std::map<std::string, int> nonces;
  const auto public_key = test::private_key().public_key();
  const oauth1::RsaVerifier verifier(public_key, oauth1::SignatureMethod::rsa_sha1);
  for (const auto& answer : tape.answers()) {
    EXPECT_TRUE(verifier.verify(answer["base_string"].get<std::string>(),
                                answer["signature"].get<std::string>()));
    const auto header =
        oauth1::parse_authorization_header(answer["authorization"].get<std::string>()).value();
    ++nonces[std::string(oauth1::find(header.parameters, "oauth_nonce").value())];
  }
  EXPECT_EQ(nonces.size(), 60U);
}

// The second line is not there before the first answer is.
TEST(Batch, AnswersALineBeforeTheNextOneIsThere) {
  const Client client;
  for (const unsigned jobs : {1U, 4U}) {
    std::promise<void> answered;
    int reads = 0;
    const BatchStreams streams{
        .read = [&](std::span<char> buffer) -> Result<std::size_t> {
          ++reads;
          if (reads == 2) answered.get_future().wait();
          const auto text = reads < 3 ? line(reads) : "";
          std::copy(text.begin(), text.end(), buffer.begin());
          return text.size();
        },
        .write = [&, first = true](std::string_view lines) mutable -> Result<void> {
          if (std::exchange(first, false)) {
            EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1);
            answered.set_value();
          }
          return {};
        },
        .tell = {}};
    const auto summary =
        sign_batch(streams, client.signer, client.credentials, {.jobs = jobs}).value();
    EXPECT_EQ(summary.lines, 2U);
  }
}

// An answer repeats the id of its line, and 4 MiB of answers may wait.
TEST(Batch, ReadsNoFurtherThanItsAnswersAreTaken) {
  constexpr std::size_t mebibyte = std::size_t{1} << 20;
  const Client client;
  const std::string big =
      R"({"method": "GET", "url": "/x", "id": ")" + std::string(200'000, '~') + "\"}\n";
  constexpr std::size_t lines = 60;
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t sent = 0;
  std::size_t answered = 0;
  std::size_t furthest = 0;
  const auto ahead = [&] { return sent - answered * big.size(); };
  const BatchStreams streams{
      .read = [&](std::span<char> buffer) -> Result<std::size_t> {
        const std::scoped_lock lock(mutex);
        if (sent == lines * big.size()) return 0;
        const auto at = sent % big.size();
        const auto size = std::min(buffer.size(), big.size() - at);
        std::copy_n(big.begin() + static_cast<std::ptrdiff_t>(at), size, buffer.begin());
        sent += size;
        furthest = std::max(furthest, ahead());
        changed.notify_all();
        return size;
      },
      .write = [&](std::string_view text) -> Result<void> {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return ahead() > 3 * mebibyte || sent == lines * big.size(); });
        lock.unlock();
        // Work enough for the others to read on, if they may.
        for (int i = 0; i < 20; ++i)
          (void)client.signer.sign({"GET", test::url("https://jira.example.com/jira/x"), {}, ""},
                                   {});
        lock.lock();
        answered += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
        return {};
      },
      .tell = {}};
  const auto summary = sign_batch(streams, client.signer, client.credentials, {.jobs = 2}).value();
  EXPECT_EQ(summary.lines, lines);
  EXPECT_EQ(answered, lines);
  EXPECT_GT(furthest, 3 * mebibyte);
  EXPECT_LT(furthest, 5 * mebibyte);
}

TEST(Batch, AnswersWhatItReadBeforeTheInputFailed) {
  const Client client;
  std::string output;
  int reads = 0;
  const BatchStreams streams{.read = [&](std::span<char> buffer) -> Result<std::size_t> {
                               if (++reads > 1) return fail(ErrorCode::failed, "broken", "mend it");
                               const auto text = line(1) + line(2) + "{";
                               std::copy(text.begin(), text.end(), buffer.begin());
                               return text.size();
                             },
                             .write = [&](std::string_view lines) -> Result<void> {
                               output += lines;
                               return {};
                             },
                             .tell = {}};
  const auto summary = sign_batch(streams, client.signer, client.credentials, {.jobs = 3});
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().message, "broken");
  EXPECT_EQ(std::count(output.begin(), output.end(), '\n'), 2);
}

TEST(Batch, EndsWhereItsAnswersCannotBeWritten) {
  const Client client;
  std::atomic<int> writes = 0;
  const auto endless = line(1);
  const BatchStreams streams{.read = [&](std::span<char> buffer) -> Result<std::size_t> {
                               std::copy(endless.begin(), endless.end(), buffer.begin());
                               return endless.size();
                             },
                             .write = [&](std::string_view) -> Result<void> {
                               ++writes;
                               return fail(ErrorCode::failed, "the pipe is closed", "read it");
                             },
                             .tell = {}};
  const auto summary = sign_batch(streams, client.signer, client.credentials, {.jobs = 3});
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().message, "the pipe is closed");
  EXPECT_EQ(writes, 1);
}

TEST(Batch, PassesOnWhatIsThrown) {
  const Client client;
  const BatchStreams streams{
      .read = [](std::span<char>) -> Result<std::size_t> { throw std::runtime_error("no memory"); },
      .write = [](std::string_view) -> Result<void> { return {}; },
      .tell = {}};
  EXPECT_THROW((void)sign_batch(streams, client.signer, client.credentials, {.jobs = 3}),
               std::runtime_error);
}

}  // namespace
}  // namespace applink::calls
