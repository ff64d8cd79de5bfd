package qwormhole.bench.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkupTest {

  @Test
  void textAndAttributesCannotBecomeMarkup() {
    String hostile = "<script>alert('1')</script>\" onload=\"x & y";
    String page = new Markup().element("p", hostile, "title", hostile).toString();
    String safe = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; onload=&quot;x &amp; y";
    assertThat(page).isEqualTo("<!DOCTYPE html>\n<p title=\"" + safe + "\">" + safe + "</p>\n");
  }

  @Test
  void controlsAndDirectionMarksAreReplaced() {
    assertThat(new Markup().element("b", "a\u0000b\u001b[31mc\u202Ed\u200Fe\nf\tg").toString())
        .endsWith("<b>a\uFFFDb\uFFFD[31mc\uFFFDd\uFFFDe\nf\tg</b>");
    assertThat(new Markup().element("b", "half \uD800 of a pair, 😀").toString())
        .endsWith("<b>half \uFFFD of a pair, 😀</b>");
  }

  @Test
  void nothingStaysOpen() {
    assertThatThrownBy(() -> new Markup().open("p").toString())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anAttributeWithoutValueIsLeftOut() {
    assertThat(new Markup().empty("rect", "class", null, "x", "1").toString())
        .endsWith("<rect x=\"1\"/>");
  }
}
