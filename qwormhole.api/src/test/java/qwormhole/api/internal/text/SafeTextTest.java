package qwormhole.api.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {

  @Test
  void plainTextStaysAsItIs() {
    String text = "C:\\lib\\lws.dll: not found, 5 € {0} 日本 😀 $HOME {x}";
    assertThat(SafeText.of(text)).isEqualTo(text);
  }

  @Test
  void lineBreaksAndTerminalCodesAreShownNotDone() {
    assertThat(SafeText.of("a\r\nb\u001b[31mc\u0000\u009b"))
        .isEqualTo("a\\u000d\\u000ab\\u001b[31mc\\u0000\\u009b");
  }

  @Test
  void textThatReordersOrHidesIsShown() {
    assertThat(SafeText.of("x\u202egnp\u2028\u200b\ud800\udb40\udc41"))
        .isEqualTo("x\\u202egnp\\u2028\\u200b\\ud800\\udb40\\udc41");
  }

  @Test
  void lookUpPatternsAreBrokenUp() {
    assertThat(SafeText.of("${jndi:ldap://x} ${${lower:j}ndi} $${x}"))
        .doesNotContain("${")
        .startsWith("$\\{jndi:");
  }

  @Test
  void longTextIsCutAndSaysByHowMuch() {
    String cut = SafeText.of("x".repeat(10_000_000), 100);
    assertThat(cut).hasSizeLessThanOrEqualTo(100).endsWith(" chars)");
    int kept = cut.indexOf("...");
    assertThat(cut).endsWith("...(+" + (10_000_000 - kept) + " chars)");
  }

  @Test
  void textOfExactlyTheMaximumIsNotCut() {
    assertThat(SafeText.of("y".repeat(100), 100)).isEqualTo("y".repeat(100));
  }

  @Test
  void aCutNeverExceedsTheMaximumWhateverIsCut() {
    for (String piece : new String[] {"a", "\n", "${", "😀", "\udb40\udc41", "\ud800"}) {
      for (int times = 0; times < 200; times++) {
        String escaped = SafeText.of(piece.repeat(times), 64);
        assertThat(escaped).hasSizeLessThanOrEqualTo(64).doesNotContain("\n", "${");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "${x}", "$", "\\u000a", "{", "\u001b", "\ud800x"})
  void escapingTwiceIsEscapingOnce(String text) {
    assertThat(SafeText.of(SafeText.of(text))).isEqualTo(SafeText.of(text));
    String cut = SafeText.of(text.repeat(1000));
    assertThat(SafeText.of(cut)).isEqualTo(cut);
  }

  @Test
  void nullIsAWord() {
    assertThat(SafeText.of(null)).isEqualTo("null");
  }

  @Test
  void aMaximumWithoutRoomForTheNoteIsRefused() {
    assertThatThrownBy(() -> SafeText.of("x", 63)).isInstanceOf(IllegalArgumentException.class);
  }
}
