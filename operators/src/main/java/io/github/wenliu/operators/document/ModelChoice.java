package io.github.wenliu.operators.document;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * What a document is to be extracted with, written {@code fast/v1:news+duie}, or {@code none}.
 * Whether there is such a model is another question.
 *
 * @param model name and version, {@code fast/v1}; {@code null} for no extraction
 * @param schemes label schemes as they stand in events, {@code news+duie}; {@code null} likewise
 */
public record ModelChoice(String model, String schemes) implements Serializable {

  /** No extraction. */
  public static final ModelChoice NONE = new ModelChoice(null, null);

  private static final String NO_MODEL = "none";
  private static final String NAME = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}";
  private static final Pattern MODEL = Pattern.compile(NAME + "/" + NAME);
  private static final Pattern SCHEMES = Pattern.compile(NAME + "(\\+" + NAME + ")?");

  public ModelChoice {
    if ((model == null) != (schemes == null)) {
      throw new IllegalArgumentException("a choice has a model and schemes, or neither");
    }
    if (model != null) {
      check("model", model, MODEL, "NAME/VERSION");
      check("schemes", schemes, SCHEMES, "SCHEME or SCHEME+SCHEME");
    }
  }

  /**
   * Reads a choice as it is written.
   *
   * @throws IllegalArgumentException if it is none; says what is expected, and quotes nothing
   */
  public static ModelChoice of(String text) {
    if (text.equals(NO_MODEL)) {
      return NONE;
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("need NAME/VERSION:SCHEMES, or " + NO_MODEL);
    }
    return new ModelChoice(text.substring(0, colon), text.substring(colon + 1));
  }

  /** The choice as it is written. */
  public String text() {
    return model == null ? NO_MODEL : model + ":" + schemes;
  }

  private static void check(String part, String text, Pattern form, String expected) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "the %s must be %s, in letters, digits, '.', '_' and '-'".formatted(part, expected));
    }
  }
}
