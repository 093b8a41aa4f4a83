package dev.tutti.snapcast.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonPayloadTest {
  private static ByteBuffer payload(String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    return payload(text.length, text);
  }

  private static ByteBuffer payload(int announced, byte[] text) {
    return ByteBuffer.allocate(4 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(announced)
        .put(text)
        .flip();
  }

  private static Hello hello(String json) throws ProtocolException {
    return (Hello) Message.decode(Hello.TYPE, payload(json));
  }

  @Test
  void aHelloWithoutMembersIsReadAsEmptyTextAndDefaults() throws Exception {
    assertThat(hello("{}"))
        .isEqualTo(new Hello("", "", "", "", "", "", 1, "", 1, Optional.empty()));
  }

  @Test
  void theHostIdDefaultsToTheMac() throws Exception {
    assertThat(hello("{\"MAC\":\"aa:bb\"}").clientId()).isEqualTo("aa:bb");
  }

  @Test
  void theInstanceIsPartOfTheClientIdUnlessItIsOne() throws Exception {
    assertThat(hello("{\"ID\":\"x\",\"Instance\":1}").clientId()).isEqualTo("x");
    assertThat(hello("{\"ID\":\"x\",\"Instance\":3}").clientId()).isEqualTo("x#3");
  }

  @Test
  void membersOfTheWrongTypeCountAsMissing() throws Exception {
    Hello hello = hello("{\"ID\":7,\"Instance\":\"2\",\"HostName\":null,\"OS\":[1,{\"a\":2}]}");
    assertThat(hello.clientId()).isEmpty();
    assertThat(hello.hostName()).isEmpty();
    assertThat(hello.os()).isEmpty();
  }

  @Test
  void unknownMembersAreSkippedHoweverTheyAreNested() throws Exception {
    assertThat(hello("{\"x\":{\"y\":{\"z\":[1,2]}},\"n\":1e3,\"ID\":\"a\"}").clientId())
        .isEqualTo("a");
  }

  @Test
  void credentialsAreReadAndNotShown() throws Exception {
    Hello hello = hello("{\"Auth\":{\"scheme\":\"Basic\",\"param\":\"c2VjcmV0\"}}");
    assertThat(hello.auth()).contains(new Hello.Auth("Basic", "c2VjcmV0"));
    assertThat(hello.toString()).doesNotContain("c2VjcmV0");
    assertThat(Message.decode(Hello.TYPE, ByteBuffer.wrap(hello.payload()))).isEqualTo(hello);
  }

  @Test
  void settingsThatLackKeysReadAsSnapclientReadsThem() throws Exception {
    assertThat(Message.decode(ServerSettings.TYPE, payload("{\"volume\":\"x\"}")))
        .isEqualTo(new ServerSettings(0, 0, false, 100));
  }

  @Test
  void aLengthCountedInCharactersIsForgivenIfTheWholePayloadIsJson() throws Exception {
    String json = "{\"ID\":\"é\",\"OS\":\"größer\"}";
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    assertThat(((Hello) Message.decode(Hello.TYPE, payload(json.length(), text))).os())
        .isEqualTo("größer");
  }

  @Test
  void textIsEscapedAndReadBack() throws Exception {
    Hello hello = new Hello("", "a\"b\\c\n\u0001", "", "", "", "", 1, "ü✓", 2, Optional.empty());
    assertThat(Message.decode(Hello.TYPE, ByteBuffer.wrap(hello.payload()))).isEqualTo(hello);
  }

  @Test
  void whatIsNotAJsonObjectIsRefused() {
    for (String text :
        new String[] {"", "x", "[]", "7", "\"a\"", "{", "{\"a\":}", "{}{}", "{\"a\":1,}"}) {
      assertThatThrownBy(() -> hello(text)).as(text).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void nestingLengthAndNumberOfMembersAreBounded() {
    StringBuilder many = new StringBuilder("{\"m0\":1");
    for (int i = 1; i < 300; i++) {
      many.append(",\"m").append(i).append("\":1");
    }
    for (String text :
        new String[] {
          "{\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}",
          "{\"HostName\":\"" + "x".repeat(2000) + "\"}",
          "{\"a\":\"" + "x".repeat(70_000) + "\"}",
          "{\"Instance\":" + "9".repeat(100) + "}",
          many + "}"
        }) {
      assertThatThrownBy(() -> hello(text)).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void aLengthBeyondThePayloadIsRefused() {
    assertThatThrownBy(() -> Message.decode(Hello.TYPE, payload(1000, new byte[] {'{', '}'})))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("1000");
    assertThatThrownBy(() -> Message.decode(Hello.TYPE, payload(-1, new byte[] {'{', '}'})))
        .isInstanceOf(ProtocolException.class);
  }
}
