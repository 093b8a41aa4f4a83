package dev.tutti.telnet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.access.Access;
import dev.tutti.api.access.Access.Entry.Granted;
import dev.tutti.api.access.Access.Entry.Refused;
import dev.tutti.api.access.Caller;
import dev.tutti.api.access.Credentials;
import dev.tutti.api.access.Scope;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PermitTest {
  private boolean open;

  private final Access access =
      new Access() {
        @Override
        public Entry enter(Door door, InetAddress remote, Optional<Credentials> credentials) {
          assertThat(door).isEqualTo(Door.CONTROL);
          if (open) {
            return new Granted(Caller.UNKNOWN);
          }
          Credentials shown = credentials.orElse(new Credentials.Bearer("nothing"));
          return switch (((Credentials.Bearer) shown).token()) {
            case "panel" -> new Granted(new Caller("panel", Scope.CONTROL));
            case "radio" -> new Granted(new Caller("radio", Scope.LISTEN));
            default -> new Refused(Entry.Why.NOTHING_SHOWN, "Authentication required");
          };
        }

        @Override
        public boolean knowsAnybody() {
          return !open;
        }
      };

  private Permit caller() {
    return new Permit(access, InetAddress.getLoopbackAddress(), line -> "did " + line);
  }

  @Test
  void whereTheControlPortIsOpenLinesAreToo() {
    open = true;
    assertThat(caller().apply("skip")).isEqualTo("did skip");
  }

  @Test
  void whereATokenIsAskedForItIsShownByALine() {
    Permit caller = caller();
    assertThat(caller.apply("skip")).isEqualTo("ERROR: Authentication required; say: token SECRET");
    assertThat(caller.apply("token guess")).startsWith("ERROR: ");
    assertThat(caller.apply("skip")).startsWith("ERROR: ");

    assertThat(caller.apply("token panel")).isEqualTo("Welcome.");
    assertThat(caller.apply("skip")).isEqualTo("did skip");
  }

  @Test
  void whoMayOnlyListenDoesNotControl() {
    Permit caller = caller();
    assertThat(caller.apply("token radio")).startsWith("ERROR: ");
    assertThat(caller.apply("skip")).startsWith("ERROR: ");
  }
}
