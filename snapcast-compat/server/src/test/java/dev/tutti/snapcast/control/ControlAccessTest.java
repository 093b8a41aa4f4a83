package dev.tutti.snapcast.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.access.Access;
import dev.tutti.api.access.Caller;
import dev.tutti.api.access.Credentials;
import dev.tutti.api.access.Scope;
import dev.tutti.snapcast.control.ControlHouse.Listener;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may do what over the control API, once somebody is configured (issue 3 item 8). */
class ControlAccessTest {
  private static final String STATUS =
      "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Server.GetStatus\"}";
  private static final String VOLUME =
      "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Client.SetVolume\",\"params\":{\"id\":\"bath#2\","
          + "\"volume\":{\"percent\":20}}}";
  private static final String UNAUTHORIZED =
      "{\"error\":{\"code\":401,\"message\":\"Unauthorized\"},\"id\":1,\"jsonrpc\":\"2.0\"}";

  /** Knows anna, whose password is pw and who may control; nobody gets in without a word. */
  private static final class Closed implements Access {
    @Override
    public Entry enter(Door door, InetAddress remote, Optional<Credentials> credentials) {
      if (credentials.orElse(null) instanceof Credentials.Password(String user, String password)) {
        if (!user.equals("anna")) {
          return new Entry.Refused(Entry.Why.UNKNOWN_USER, "unknown user or wrong password");
        }
        return password.equals("pw")
            ? new Entry.Granted(new Caller("anna", Scope.CONTROL))
            : new Entry.Refused(Entry.Why.WRONG, "unknown user or wrong password");
      }
      return new Entry.Refused(Entry.Why.NOTHING_SHOWN, "Authentication required");
    }

    @Override
    public boolean knowsAnybody() {
      return true;
    }
  }

  private final ControlHouse house = new ControlHouse();

  private Listener stranger() {
    house.access = new Closed();
    return house.controller(house.somebody(Caller.NOBODY));
  }

  private static String authenticate(String param) {
    return "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Server.Authenticate\",\"params\":{\"scheme\":"
        + "\"Plain\",\"param\":\""
        + param
        + "\"}}";
  }

  @Test
  void whoHasNotSaidWhoItIsSeesAndChangesNothing() {
    Listener stranger = stranger();

    assertThat(house.ask(stranger, STATUS)).containsExactly(UNAUTHORIZED);
    assertThat(house.ask(stranger, VOLUME)).containsExactly(UNAUTHORIZED);
    assertThat(house.store.snapshot().player("bath#2").orElseThrow().volumePercent()).isEqualTo(74);
  }

  @Test
  void whoHasNotSaidWhoItIsIsToldNothing() {
    Listener stranger = stranger();

    house.ask(house.controller(), VOLUME);

    assertThat(stranger.take()).isEmpty();
  }

  @Test
  void afterAuthenticateItSeesControlsAndIsTold() {
    Listener stranger = stranger();

    assertThat(house.ask(stranger, authenticate("anna:pw")))
        .containsExactly("{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":\"ok\"}");
    assertThat(house.ask(stranger, VOLUME)).first().asString().contains("\"percent\":20");
    house.ask(house.controller(), VOLUME);
    assertThat(stranger.take()).singleElement().asString().contains("Client.OnVolumeChanged");
  }

  @Test
  void wrongCredentialsAreRefusedWithSnapserversCodes() {
    Listener stranger = stranger();

    assertThat(house.ask(stranger, authenticate("berta:pw")))
        .containsExactly(
            "{\"error\":{\"code\":3,\"message\":\"unknown user or wrong password\"},\"id\":1,"
                + "\"jsonrpc\":\"2.0\"}");
    assertThat(house.ask(stranger, authenticate("anna:no")))
        .first()
        .asString()
        .contains("\"code\":4");
    assertThat(house.ask(stranger, authenticate("nonsense")))
        .first()
        .asString()
        .contains("\"code\":4");
    assertThat(house.ask(stranger, STATUS)).containsExactly(UNAUTHORIZED);
  }

  @Test
  void whoMayListenSeesAndIsToldButChangesNothing() {
    Listener panel = house.controller(house.somebody(new Caller("panel", Scope.LISTEN)));

    assertThat(house.ask(panel, STATUS)).first().asString().contains("\"groups\"");
    assertThat(house.ask(panel, VOLUME))
        .containsExactly(
            "{\"error\":{\"code\":403,\"message\":\"Forbidden\"},\"id\":1,\"jsonrpc\":\"2.0\"}");
    house.ask(house.controller(), VOLUME);
    assertThat(panel.take()).singleElement().asString().contains("Client.OnVolumeChanged");
  }

  @Test
  void theListOfMethodsTellsWhatOneMayDo() {
    Listener stranger = stranger();
    String list = "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"General.GetRPCCommands\"}";

    List<String> answers = house.ask(stranger, list);

    assertThat(answers.getFirst())
        .contains("\"hasPermission\":true,\"method\":\"Server.Authenticate\"")
        .contains("\"hasPermission\":false,\"method\":\"Stream.AddStream\"");
  }

  @Test
  void eachRequestOfABatchIsJudged() {
    Listener panel = house.controller(house.somebody(new Caller("panel", Scope.LISTEN)));

    assertThat(house.ask(panel, "[" + VOLUME + "," + STATUS + "]").getFirst())
        .contains("Forbidden")
        .contains("\"groups\"");
  }
}
