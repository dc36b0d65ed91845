// What an administrator's program finds at /rest/applinks, faults included.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "applink/base/encoding.h"
#include "applink/crypto/certificate.h"
#include "applink/crypto/key_formats.h"
#include "sandbox/test_sandbox.h"

namespace applink::sandbox {
namespace {

using nlohmann::json;
using test::Call;
using test::header_of;
using test::hub_key;
using test::other_key;
using testing::HasSubstr;

const std::string links = std::string(test::base_url) + "/rest/applinks/3.0/applicationlink";
const std::string consumers =
    std::string(test::base_url) + "/rest/applinks-oauth/1.0/applicationlink";
constexpr const char* new_link =
    R"({"name":"build","rpcUrl":"https://build.applink.invalid","displayUrl":"https://build.applink.invalid","typeId":"generic"})";

Config with_token() {
  Config config = test::test_config();
  config.personal_access_tokens = {{"admin", "let-me-in"}};
  config.consumers.front().two_legged = TwoLeggedOAuth::allowed;
  return config;
}

class Applinks : public testing::Test {
 protected:
  Call as(const std::string& authorization, const std::string& method, const std::string& url) {
    Call call(method, url);
    call.header("Authorization", authorization).header("Accept", "application/json");
    return call;
  }
  Call as_admin(const std::string& method, const std::string& url) {
    return as("Basic " + base64_encode("admin:admin"), method, url);
  }
  http::Response send(Call call, const std::string& body = "") {
    if (!body.empty()) call.json(body);
    return sandbox.send(call.as_it_is());
  }
  std::string make_link() {
    const auto answer = json::parse(send(as_admin("PUT", links), new_link).body);
    const auto href = answer["resources-created"][0]["href"].get<std::string>();
    return href.substr(href.rfind('/') + 1);
  }
  http::Response put_consumer(const std::string& id, const json& consumer) {
    return send(as_admin("PUT", consumers + "/" + id + "/authentication/consumer"),
                consumer.dump());
  }
  json consumer(const std::string& key, const crypto::RsaPrivateKey& private_key = other_key()) {
    return {{"key", key},
            {"name", key},
            {"description", "d"},
            {"outgoing", false},
            {"publicKey", crypto::to_spki_pem(private_key.public_key())},
            {"twoLOAllowed", true}};
  }
  json consumer_of(const std::string& id) {
    return json::parse(send(as_admin("GET", consumers + "/" + id + "/authentication/consumer"))
                           .body)["consumers"][0];
  }
  std::string id_of_hub() {
    return json::parse(send(as_admin("GET", links)).body)["applicationLinks"][0]["id"];
  }

  test::TestSandbox sandbox{with_token()};
};

TEST_F(Applinks, AreForAdministrators) {
  const auto status = [this](const std::string& authorization) {
    return send(as(authorization, "GET", links)).status;
  };
  EXPECT_EQ(status("Basic " + base64_encode("admin:admin")), 200);
  EXPECT_EQ(status("Bearer let-me-in"), 200);
  EXPECT_EQ(status("Basic " + base64_encode("alice:alice")), 401);
  EXPECT_EQ(status("Basic " + base64_encode("admin:wrong")), 401);
  EXPECT_EQ(status("Bearer wrong"), 401);
  EXPECT_EQ(status("Basic !"), 401);
  EXPECT_EQ(sandbox.send(Call("GET", links).as_it_is()).status, 401);
}

TEST_F(Applinks, SayWhyALoginFailed) {
  const auto response = send(as("Basic " + base64_encode("admin:wrong"), "GET", links));
  EXPECT_THAT(response.body,
              HasSubstr("Basic Authentication Failure - Reason : AUTHENTICATED_FAILED"));
  EXPECT_EQ(header_of(response, "X-Seraph-LoginReason"), "AUTHENTICATED_FAILED");
}

TEST_F(Applinks, WantWebSudoOfASignedCall) {
  const auto access = sandbox.access_token();
  Call call = sandbox.resource_call("GET", "/rest/applinks/3.0/applicationlink", access.token);
  const auto response = sandbox.send(call.signed_by(hub_key()));
  EXPECT_EQ(response.status, 401);
  EXPECT_THAT(response.body, HasSubstr("<message>This resource requires WebSudo.</message>"));
}

TEST_F(Applinks, AnswerInXmlUnlessJsonIsAskedFor) {
  Call call("PUT", links);
  call.header("Authorization", "Bearer let-me-in").json(new_link);
  const auto response = sandbox.send(call.as_it_is());
  EXPECT_EQ(response.status, 201);
  EXPECT_THAT(response.body, HasSubstr("<resources-created><link href=\"http://"));
}

TEST_F(Applinks, RefuseABrowserThatDoesNotSayNoCheck) {
  const auto browser = [this](const char* token) {
    Call call = as_admin("PUT", links);
    call.header("User-Agent", "Mozilla/5.0").header("X-Atlassian-Token", token);
    return send(call, new_link);
  };
  const auto refused = browser("");
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.body, HasSubstr("XSRF check failed"));
  EXPECT_EQ(browser("no-check").status, 201);
}

TEST_F(Applinks, AreMadeOnceForAUrlAndAName) {
  const std::string id = make_link();
  EXPECT_EQ(json::parse(send(as_admin("GET", links + "/" + id)).body)["name"], "build");
  const auto again = send(as_admin("PUT", links), new_link);
  EXPECT_EQ(again.status, 400);
  EXPECT_THAT(again.body, HasSubstr("with this URL already exists"));
  json other = json::parse(new_link);
  other["rpcUrl"] = "https://other.applink.invalid";
  EXPECT_THAT(send(as_admin("PUT", links), other.dump()).body, HasSubstr("with this name"));
  other["typeId"] = "jira";
  EXPECT_EQ(send(as_admin("PUT", links), other.dump()).status, 400);
  EXPECT_EQ(send(as_admin("PUT", links), "[]").status, 400);
  EXPECT_EQ(send(as_admin("PUT", links)).status, 415);
}

TEST_F(Applinks, KeepTheirUrl) {
  const std::string id = make_link();
  json changed = json::parse(new_link);
  changed["name"] = "renamed";
  EXPECT_EQ(send(as_admin("POST", links + "/" + id), changed.dump()).status, 200);
  EXPECT_EQ(json::parse(send(as_admin("GET", links + "/" + id)).body)["name"], "renamed");
  changed["rpcUrl"] = "https://elsewhere.applink.invalid";
  EXPECT_EQ(send(as_admin("POST", links + "/" + id), changed.dump()).status, 400);
}

TEST_F(Applinks, TakeAConsumerThatThenMaySign) {
  const std::string id = make_link();
  EXPECT_EQ(send(as_admin("GET", consumers + "/" + id + "/authentication")).status, 404);
  EXPECT_EQ(put_consumer(id, consumer("build")).status, 201);
  EXPECT_EQ(consumer_of(id)["key"], "build");
  Call call = sandbox.request_token_call();
  call.set("oauth_consumer_key", "build");
  EXPECT_EQ(sandbox.send(call.signed_by(other_key())).status, 200);
}

TEST_F(Applinks, TakeNoCertificateAndNoOutgoingKeyForAConsumer) {
  const std::string id = make_link();
  json wrong = consumer("build");
  wrong["publicKey"] = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  const auto refused = put_consumer(id, wrong);
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("applinks.invalid.consumer.publickey"));
  wrong = consumer("build");
  wrong["outgoing"] = true;
  EXPECT_EQ(put_consumer(id, wrong).status, 201);
  EXPECT_EQ(send(as_admin("GET", consumers + "/" + id + "/authentication/consumer")).status, 404);
  wrong = consumer("");
  EXPECT_EQ(put_consumer(id, wrong).status, 400);
  wrong = consumer("build");
  wrong.erase("name");
  EXPECT_EQ(put_consumer(id, wrong).status, 500);
}

TEST_F(Applinks, DropTheBoxesOfTwoLeggedOAuthWhereTheConsumerIsReplaced) {
  const std::string id = id_of_hub();
  EXPECT_EQ(consumer_of(id)["twoLOAllowed"], true);
  EXPECT_EQ(put_consumer(id, consumer("hub")).status, 201);
  EXPECT_EQ(consumer_of(id)["twoLOAllowed"], false);
  EXPECT_EQ(sandbox.send(sandbox.request_token_call().signed_by(other_key())).status, 200);
  EXPECT_EQ(sandbox.send(sandbox.request_token_call().signed_by(hub_key())).status, 401);
}

TEST_F(Applinks, LetAnotherLinkTakeAConsumerKey) {
  const std::string id = make_link();
  EXPECT_EQ(put_consumer(id, consumer("hub")).status, 201);
  EXPECT_EQ(consumer_of(id)["key"], "hub");
  EXPECT_EQ(consumer_of(id_of_hub())["key"], "hub");
  EXPECT_EQ(sandbox.send(sandbox.request_token_call().signed_by(hub_key())).status, 401);
}

TEST_F(Applinks, TakeTheirTokensAlong) {
  const auto access = sandbox.access_token();
  EXPECT_EQ(send(as_admin("DELETE", links + "/" + id_of_hub())).status, 200);
  const auto after = sandbox.send(
      sandbox.resource_call("GET", "/rest/api/2/myself", access.token).signed_by(hub_key()));
  EXPECT_THAT(after.body, HasSubstr("token_rejected"));
  EXPECT_EQ(send(as_admin("DELETE", links + "/unknown")).status, 404);
}

TEST_F(Applinks, AreResourcesForAPassword) {
  Call call("GET", std::string(test::base_url) + "/rest/api/2/myself");
  call.header("Authorization", "Basic " + base64_encode("alice:alice"));
  EXPECT_THAT(sandbox.send(call.as_it_is()).body, HasSubstr("\"name\":\"alice\""));
}

}  // namespace
}  // namespace applink::sandbox
