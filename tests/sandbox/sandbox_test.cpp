// The options of a sandbox, and one that runs on a port.
#include "sandbox/sandbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include "applink/base/files.h"
#include "applink/crypto/certificate.h"
#include "applink/crypto/key_formats.h"
#include "applink/http/curl_transport.h"
#include "sandbox/test_sandbox.h"
#include "support/temp_dir.h"

namespace applink::sandbox {
namespace {

using test::Call;
using test::form_of;
using test::hub_key;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

TEST(ParseConsumer, SplitsAtTheFirstEqualsSign) {
  const auto option = parse_consumer("hub=keys/a=b.pem");
  ASSERT_TRUE(option);
  EXPECT_EQ(option->key, "hub");
  EXPECT_EQ(option->public_key_file, "keys/a=b.pem");
}

TEST(ParseConsumer, RefusesWhatNamesNoFile) {
  for (const char* text : {"", "hub", "hub=", "=file"}) {
    const auto option = parse_consumer(text);
    ASSERT_FALSE(option) << text;
    EXPECT_EQ(option.error().code, ErrorCode::usage);
    EXPECT_EQ(option.error().hint, "give KEY=FILE, such as hub=keys/hub/public_key.pem");
  }
}

class StartSandbox : public testing::Test {
 protected:
  StartSandbox() {
    const auto pem = crypto::to_spki_pem(hub_key().public_key());
    EXPECT_TRUE(write_new_file(dir / "public_key.pem", pem, FileMode::public_file));
    options.consumers.push_back({"hub", dir / "public_key.pem", "", "", std::nullopt});
  }

  Error refused() {
    const auto sandbox = start_sandbox(options, clock);
    EXPECT_FALSE(sandbox);
    return sandbox ? Error{} : sandbox.error();
  }

  test::TempDir dir;
  test::FixedClock clock;
  Options options;
};

TEST_F(StartSandbox, RefusesAContextPathThatIsNone) {
  for (const char* path :
       {"jira", "/jira/", "//", "/a//b", "/..", "/a/./b", "/ä", "/a b", "/a?b"}) {
    options.context_path = path;
    EXPECT_THAT(refused().message, HasSubstr("is no context path")) << path;
  }
}

TEST_F(StartSandbox, RefusesAConsumerKeyOfTwoWords) {
  options.consumers.front().key = "the hub";
  EXPECT_EQ(refused().message, "the consumer key \"the hub\" is not one word");
}

TEST_F(StartSandbox, RefusesAConsumerTwice) {
  options.consumers.push_back(options.consumers.front());
  EXPECT_EQ(refused().message, "consumer hub is given twice");
}

TEST_F(StartSandbox, RefusesAMissingKeyFile) {
  options.consumers.front().public_key_file = dir / "missing";
  EXPECT_THAT(refused().message, MatchesRegex("consumer hub: cannot open .*missing: No such.*"));
}

TEST_F(StartSandbox, RefusesAPrivateKey) {
  const Secret pem = crypto::to_pkcs8_pem(hub_key());
  ASSERT_TRUE(write_new_file(dir / "private", pem.reveal(), FileMode::private_file));
  options.consumers.front().public_key_file = dir / "private";
  EXPECT_THAT(refused().message, StartsWith("consumer hub: "));
}

TEST_F(StartSandbox, RefusesACallbackThatIsNone) {
  options.consumers.front().callback = "nowhere";
  EXPECT_EQ(refused().message, "the callback of consumer hub is no http or https URL");
}

TEST_F(StartSandbox, RefusesANameForTwoConsumers) {
  options.consumers.push_back({"two", dir / "public_key.pem", "", "", std::nullopt});
  options.consumer_name = "The hub";
  EXPECT_EQ(refused().message, "a name for one consumer, but there are 2");
}

TEST_F(StartSandbox, RefusesADescriptionForNobody) {
  options.consumers.clear();
  options.consumer_description = "Copies issues";
  EXPECT_EQ(refused().message, "a description for one consumer, but there are 0");
  EXPECT_EQ(refused().hint, "give --consumer once, or leave --consumer-description out");
}

TEST_F(StartSandbox, RefusesAnApproverWhomItDoesNotKnow) {
  options.approve_as = "alise";
  EXPECT_EQ(refused().message, "no user of the sandbox is called \"alise\"");
  EXPECT_EQ(refused().hint, "did you mean alice?");
  options.approve_as = "zebedee";
  EXPECT_EQ(refused().hint, "its users are alice, bob, admin");
}

TEST_F(StartSandbox, RefusesAForeignStateFile) {
  options.state_file = dir / "public_key.pem";
  EXPECT_THAT(refused().message, HasSubstr("is not the state of a sandbox"));
}

TEST_F(StartSandbox, RefusesBoxesThatDoNotGoTogether) {
  options.execute_as = "bob";
  EXPECT_EQ(refused().hint, "add --two-legged");
  options.two_legged = TwoLeggedOAuth::allowed;
  options.execute_as = "bop";
  EXPECT_EQ(refused().hint, "did you mean bob?");
  options.execute_as = std::nullopt;
  options.release.deployment = Deployment::cloud;
  EXPECT_THAT(refused().message, HasSubstr("never worked in the cloud"));
}

TEST_F(StartSandbox, RefusesALifetimeOfNothing) {
  options.lifetimes.session = std::chrono::seconds::zero();
  EXPECT_EQ(refused().code, ErrorCode::usage);
}

TEST_F(StartSandbox, RefusesAProductThatIsNotThere) {
  options.release.major = 6;
  EXPECT_EQ(refused().message, "the sandbox has no version 6");
}

TEST_F(StartSandbox, ReplacesUsersByThoseOfAFile) {
  ASSERT_TRUE(write_new_file(dir / "users", R"([{"name":"carol"}])", FileMode::public_file));
  options.users_file = dir / "users";
  options.approve_as = "alice";
  EXPECT_EQ(refused().hint, "its users are carol");
  options.users.push_back({"alice", "alice", "Alice", "a@example.com"});
  EXPECT_TRUE(start_sandbox(options, clock));
  options.users_file = dir / "missing";
  EXPECT_EQ(refused().code, ErrorCode::failed);
}

TEST_F(StartSandbox, SharesNoStateFile) {
  options.state_file = dir / "state";
  {
    const auto first = start_sandbox(options, clock);
    ASSERT_TRUE(first);
    EXPECT_THAT(refused().message, MatchesRegex("another sandbox works on .*state"));
    EXPECT_EQ(refused().hint, "end that one, or name another file with --state");
  }
  EXPECT_TRUE(start_sandbox(options, clock)) << "the first one has ended";
}

TEST_F(StartSandbox, RefusesAStateFileThatIsNoFile) {
  std::filesystem::create_symlink("elsewhere", dir / "link");
  options.state_file = dir / "link";
  EXPECT_THAT(refused().message, HasSubstr("is a symbolic link"));
  options.state_file = dir / ".";
  EXPECT_THAT(refused().message, HasSubstr("is a directory"));
  options.state_file = "/dev/null";
  EXPECT_THAT(refused().message, HasSubstr("is a device or a pipe"));
  options.state_file = dir / "missing" / "state";
  EXPECT_THAT(refused().message, HasSubstr("No such file"));
}

TEST_F(StartSandbox, OverwritesNoControlFile) {
  options.control_file = dir / "control";
  ASSERT_TRUE(write_new_file(dir / "control", "mine", FileMode::private_file));
  EXPECT_EQ(refused().code, ErrorCode::conflict);
  EXPECT_EQ(read_file(dir / "control", 100), "mine");
}

TEST_F(StartSandbox, LeavesNoFileOfASandboxThatDidNotStart) {
  options.tls = TlsFiles{dir / "ca.pem"};
  options.control_file = dir / "missing" / "control";
  refused();
  EXPECT_FALSE(std::filesystem::exists(dir / "ca.pem"));
}

TEST_F(StartSandbox, RefusesALogThatCannotBeWritten) {
  options.log_file = dir / "missing" / "log";
  EXPECT_THAT(refused().message, HasSubstr("No such file"));
}

TEST_F(StartSandbox, RefusesALogThatIsNoFile) {
  ASSERT_TRUE(write_new_file(dir / "mine", "mine", FileMode::private_file));
  std::filesystem::create_symlink(dir / "mine", dir / "link");
  std::filesystem::create_symlink(dir / "absent", dir / "dangling");
  ASSERT_EQ(::mkfifo((dir / "pipe").c_str(), 0600), 0);
  for (const char* name : {"link", "dangling", "pipe", "/dev/null"}) {
    options.log_file = dir / name;
    EXPECT_THAT(refused().message, HasSubstr("is no file that a log can be written to")) << name;
  }
  EXPECT_EQ(read_file(dir / "mine", 100), "mine");
  EXPECT_FALSE(std::filesystem::exists(dir / "absent"));
}

TEST_F(StartSandbox, TakesACertificate) {
  const auto certificate =
      crypto::self_signed_certificate(hub_key(), "hub", clock.now(), std::chrono::days(1));
  ASSERT_TRUE(certificate);
  ASSERT_TRUE(write_new_file(dir / "cer", certificate->to_pem(), FileMode::public_file));
  options.consumers.front().public_key_file = dir / "cer";
  EXPECT_TRUE(start_sandbox(options, clock));
}

/// One that runs, and a client on the other side of a socket.
class RunningSandboxTest : public StartSandbox {
 protected:
  http::Response send(const http::Request& request) {
    auto response = transport->send(request);
    EXPECT_TRUE(response) << response.error().message;
    return response.value_or(http::Response{});
  }

  Call call(const RunningSandbox& sandbox, std::string method, const std::string& path) {
    Call call(std::move(method), sandbox.base_url() + path);
    call.add("oauth_consumer_key", "hub")
        .add("oauth_signature_method", "RSA-SHA1")
        .add("oauth_timestamp", "1196666512")
        .add("oauth_nonce", std::to_string(++nonces));
    return call;
  }

  std::string access_token(const RunningSandbox& sandbox) {
    auto answer = form_of(send(call(sandbox, "POST", "/plugins/servlet/oauth/request-token")
                                   .add("oauth_callback", "oob")
                                   .signed_by(hub_key()))
                              .body);
    const std::string token = answer["oauth_token"];
    const auto page = send(
        Call("GET", sandbox.base_url() + "/plugins/servlet/oauth/authorize?oauth_token=" + token)
            .as_it_is());
    answer = form_of(send(call(sandbox, "POST", "/plugins/servlet/oauth/access-token")
                              .add("oauth_token", token)
                              .add("oauth_verifier", test::verifier_in(page.body))
                              .signed_by(hub_key()))
                         .body);
    return answer["oauth_token"];
  }

  std::unique_ptr<http::Transport> transport = http::make_curl_transport({});
  int nonces = 0;
};

TEST_F(RunningSandboxTest, DoesTheDanceOnItsPort) {
  options.approve_as = "alice";
  const auto sandbox = start_sandbox(options, clock);
  ASSERT_TRUE(sandbox) << sandbox.error().message;
  EXPECT_THAT(sandbox->base_url(), MatchesRegex("http://127.0.0.1:[0-9]+/jira"));
  const std::string token = access_token(*sandbox);
  const auto myself = send(
      call(*sandbox, "GET", "/rest/api/2/myself").add("oauth_token", token).signed_by(hub_key()));
  EXPECT_EQ(myself.status, 200);
  EXPECT_EQ(myself.headers.find("X-AUSERNAME"), "alice");
  const auto put = send(call(*sandbox, "PUT", "/rest/api/2/issue/TEST-1")
                            .add("oauth_token", token)
                            .json(R"({"fields":{"summary":"changed"}})")
                            .signed_by(hub_key()));
  EXPECT_EQ(put.status, 204);
}

TEST_F(RunningSandboxTest, RemembersItsTokensWhenItStartsAgain) {
  options.approve_as = "alice";
  options.state_file = dir / "state";
  std::string token;
  {
    const auto sandbox = start_sandbox(options, clock);
    ASSERT_TRUE(sandbox);
    token = access_token(*sandbox);
  }
  const auto sandbox = start_sandbox(options, clock);
  ASSERT_TRUE(sandbox);
  EXPECT_EQ(send(call(*sandbox, "GET", "/rest/api/2/myself")
                     .add("oauth_token", token)
                     .signed_by(hub_key()))
                .status,
            200);
}

TEST_F(RunningSandboxTest, ShowsTheConsumersName) {
  options.consumer_name = "The <hub>";
  options.context_path = "/";
  auto sandbox = start_sandbox(options, clock);
  ASSERT_TRUE(sandbox);
  EXPECT_THAT(sandbox->base_url(), MatchesRegex("http://127.0.0.1:[0-9]+"));
  const auto moved = std::make_unique<RunningSandbox>(*std::move(sandbox));
  EXPECT_EQ(send(Call("GET", moved->base_url() + "/rest/api/2/serverInfo").as_it_is()).status, 200);
  moved->stop();
  const auto after =
      transport->send(Call("GET", moved->base_url() + "/rest/api/2/serverInfo").as_it_is());
  ASSERT_FALSE(after);
  EXPECT_EQ(after.error().code, ErrorCode::unreachable);
}

TEST_F(RunningSandboxTest, IsSteeredByWhoeverReadsTheControlFile) {
  options.control_file = dir / "control";
  const auto sandbox = start_sandbox(options, clock);
  ASSERT_TRUE(sandbox);
  EXPECT_TRUE(read_private_file(dir / "control", 1000)) << "it is its owner's alone";
  const auto control = nlohmann::json::parse(read_file(dir / "control", 1000).value());
  Call call("POST", control["url"].get<std::string>() + "/mishaps");
  call.header("Authorization", "Bearer " + control["token"].get<std::string>());
  EXPECT_EQ(send(call.json(R"({"mishap":"bad-gateway"})").as_it_is()).status, 201);
  const Call anything("GET", sandbox->base_url() + "/rest/api/2/serverInfo");
  EXPECT_EQ(send(anything.as_it_is()).status, 502);
}

TEST_F(RunningSandboxTest, LogsEveryRequestAsALine) {
  options.log_file = dir / "log";
  const auto sandbox = start_sandbox(options, clock);
  ASSERT_TRUE(sandbox);
  send(Call("GET", sandbox->base_url() + "/rest/api/2/serverInfo").as_it_is());
  send(Call("GET", sandbox->base_url() + "/nowhere").as_it_is());
  const std::string log = read_file(dir / "log", 10000).value();
  const std::size_t end = log.find('\n');
  const auto first = nlohmann::json::parse(log.substr(0, end));
  EXPECT_EQ(first["time"], "2007-12-03T07:21:52Z");
  EXPECT_EQ(first["target"], "/jira/rest/api/2/serverInfo");
  EXPECT_EQ(first["user"], "anonymous");
  EXPECT_GE(first["duration_us"].get<int>(), 0);
  EXPECT_EQ(nlohmann::json::parse(log.substr(end + 1))["status"], 404);
}

TEST_F(RunningSandboxTest, SaysThatAPortIsTaken) {
  const auto first = start_sandbox(options, clock);
  ASSERT_TRUE(first);
  const std::string& url = first->base_url();
  options.port = static_cast<std::uint16_t>(std::stoi(url.substr(url.find(':', 6) + 1)));
  EXPECT_EQ(refused().code, ErrorCode::failed);
}

}  // namespace
}  // namespace applink::sandbox
