// RecordingTransport: the latest exchanges, unaltered.
#include "http/recording_transport.h"

#include <gmock/gmock.h>

#include "support/fake_transport.h"

namespace applink::http {
namespace {

using test::FakeTransport;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Request request(std::string_view path) {
  return {"GET", Url::parse("https://h" + std::string(path)).value(), {{"A", "b"}}, "body"};
}

TEST(RecordingTransport, KeepsWhatPassed) {
  FakeTransport inner({{401, {{"X", "y"}}, "no"}});
  RecordingTransport recording(inner, 10);
  const auto response = recording.send(request("/1"));
  ASSERT_TRUE(response.has_value());
  ASSERT_THAT(recording.exchanges(), SizeIs(1));
  EXPECT_EQ(recording.exchanges().front().request, request("/1"));
  EXPECT_EQ(recording.exchanges().front().response, *response);
  EXPECT_EQ(inner.requests().front(), request("/1"));
}

TEST(RecordingTransport, MakesRoomForTheLatest) {
  FakeTransport inner({{200, {}, "1"}, {200, {}, "2"}, {200, {}, "3"}});
  RecordingTransport recording(inner, 2);
  for (const auto* path : {"/1", "/2", "/3"}) EXPECT_TRUE(recording.send(request(path)));
  ASSERT_THAT(recording.exchanges(), SizeIs(2));
  EXPECT_EQ(recording.exchanges()[0].response.body, "2");
  EXPECT_EQ(recording.exchanges()[1].response.body, "3");
}

TEST(RecordingTransport, KeepsNothingWithoutRoom) {
  FakeTransport inner({{200, {}, ""}});
  RecordingTransport recording(inner, 0);
  EXPECT_TRUE(recording.send(request("/")));
  EXPECT_THAT(recording.exchanges(), IsEmpty());
}

TEST(RecordingTransport, PassesFailuresOn) {
  FakeTransport inner;
  inner.answer(Error{ErrorCode::unreachable, "no", "hint"});
  RecordingTransport recording(inner, 2);
  const auto response = recording.send(request("/"));
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().code, ErrorCode::unreachable);
  EXPECT_THAT(recording.exchanges(), IsEmpty());
}

}  // namespace
}  // namespace applink::http
