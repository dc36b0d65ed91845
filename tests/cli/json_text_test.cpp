// The document that --json prints: fields in their order, and nothing that is not JSON.
#include "cli/json_text.h"

#include <gtest/gtest.h>

namespace applink::cli {
namespace {

TEST(JsonText, KeepsTheOrderOfFieldsAndTheirKinds) {
  Json object;
  object["z"] = "text";
  object["a"] = std::size_t{7};
  object["is"] = true;
  object["none"] = nullptr;
  object["z"] = "later";
  EXPECT_EQ(json_text("thing", std::move(object)),
            "{\n  \"version\": 1,\n  \"thing\": {\n    \"z\": \"later\",\n    \"a\": 7,\n"
            "    \"is\": true,\n    \"none\": null\n  }\n}\n");
}

TEST(JsonText, HasEmptyArraysAndNestedOnes) {
  EXPECT_EQ(json_text("keys", Json::array()), "{\n  \"version\": 1,\n  \"keys\": []\n}\n");
  Json list = Json::array();
  list.push_back(-1);
  list.push_back(Json::array());
  EXPECT_EQ(json_text("x", std::move(list)),
            "{\n  \"version\": 1,\n  \"x\": [\n    -1,\n    []\n  ]\n}\n");
}

TEST(JsonArrayText, IsTheSameTextPieceByPiece) {
  Json object;
  object["text"] = "two\nlines";
  object["list"] = Json::array();
  object["list"].push_back(1);
  Json list = Json::array();
  JsonArrayText pieces("things");
  std::string text;
  EXPECT_EQ(JsonArrayText("things").end(), json_text("things", list));
  for (int count = 0; count < 3; ++count) {
    list.push_back(object);
    text += pieces.next(object);
  }
  EXPECT_EQ(text + pieces.end(), json_text("things", list));
}

TEST(JsonText, EscapesWhatWouldNotBeJson) {
  EXPECT_EQ(json_text("x", "a\"\n\x1b\xff"),
            "{\n  \"version\": 1,\n  \"x\": \"a\\\"\\n\\u001b\xef\xbf\xbd\"\n}\n");
}

TEST(JsonText, SaysNullForWhatIsNotThere) {
  EXPECT_EQ(json_text("x", json_or_null("")), json_text("x", nullptr));
  EXPECT_EQ(json_text("x", json_time(std::nullopt)), json_text("x", nullptr));
  EXPECT_EQ(json_text("x", json_time(Timestamp(std::chrono::seconds(0)))),
            json_text("x", "1970-01-01T00:00:00Z"));
}

}  // namespace
}  // namespace applink::cli
