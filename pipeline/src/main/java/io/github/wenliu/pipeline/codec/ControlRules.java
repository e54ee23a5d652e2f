package io.github.wenliu.pipeline.codec;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.ModelChoice;
import io.github.wenliu.operators.link.Promotion;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a control change may ask for, by its kind: of what, to do what, and with which value. Each
 * method returns what is wrong, in words that quote nothing, or {@code null}.
 */
final class ControlRules {

  /** Longest target, in UTF-16 units: no longer word can be told from its parts. */
  static final int MAX_TARGET_LENGTH = 64;

  private static final Map<String, List<String>> ACTIONS =
      Map.of(
          ControlChange.WORD, List.of(ControlChange.PIN, ControlChange.BAN),
          ControlChange.MODEL, List.of(ControlChange.SELECT),
          ControlChange.ENTITY, List.of(ControlChange.PIN),
          ControlChange.CANDIDATE, List.of(ControlChange.PROMOTE));

  private static final Pattern TYPE = Pattern.compile("[\\p{L}\\p{N}._-]{1,64}");

  private ControlRules() {}

  static String problemOfKind(String kind) {
    return ACTIONS.containsKey(kind)
        ? null
        : "the kind is unknown, need word, model, entity or candidate";
  }

  /** Of a kind that is known. */
  static String problemOfTarget(String kind, String target) {
    return switch (kind) {
      case ControlChange.MODEL ->
          target.equals(ControlChange.EXTRACTION)
              ? null
              : "the target is unknown, need " + ControlChange.EXTRACTION;
      case ControlChange.CANDIDATE ->
          target.length() <= MAX_TARGET_LENGTH && Promotion.isGroup(target)
              ? null
              : "the target is no group, need its id NAME#NUMBER";
      default -> problemOfText(kind, target);
    };
  }

  private static String problemOfText(String kind, String target) {
    if (target.length() > MAX_TARGET_LENGTH) {
      return "the " + kind + " is longer than " + MAX_TARGET_LENGTH + " characters";
    }
    var normalized = NormalizedText.normalize(target);
    if (normalized.isBlank()) {
      return "the " + kind + " is empty";
    }
    return normalized.length() > MAX_TARGET_LENGTH
        ? "the " + kind + " is longer than " + MAX_TARGET_LENGTH + " characters when normalised"
        : null;
  }

  /**
   * Whether any kind has this action.
   *
   * @param action {@code null} for none
   */
  static boolean isAction(String action) {
    return action != null
        && ACTIONS.values().stream().anyMatch(actions -> actions.contains(action));
  }

  /** Whether an action of this kind has a value; one that is there all the same is left alone. */
  static boolean hasValue(String kind) {
    return !kind.equals(ControlChange.WORD);
  }

  /** Whether the answer to a record that is refused repeats its value. */
  static boolean isRepeated(String kind) {
    return hasValue(kind) && !kind.equals(ControlChange.CANDIDATE);
  }

  /**
   * Says that an action is none.
   *
   * @param kind {@code null} if it is not known
   */
  static String unknownAction(String kind) {
    return "the action is unknown" + (kind == null ? "" : ", need " + actions(kind));
  }

  /**
   * Of a kind that is known.
   *
   * @param action {@code null} if there is none
   * @param value {@code null} if there is none
   */
  static String problemOfAction(String kind, String action, String value) {
    if (action == null) {
      return "the action is missing, need " + actions(kind);
    }
    if (!ACTIONS.get(kind).contains(action)) {
      return unknownAction(kind);
    }
    return switch (kind) {
      case ControlChange.MODEL -> problemOfModel(value);
      case ControlChange.ENTITY -> problemOfType(value);
      default -> null;
    };
  }

  private static String actions(String kind) {
    return String.join(" or ", ACTIONS.get(kind));
  }

  private static String problemOfType(String value) {
    return value != null && TYPE.matcher(value).matches()
        ? null
        : "the value is no type of an entity, need up to 64 letters, digits, '.', '_' and '-'";
  }

  private static String problemOfModel(String value) {
    if (value == null) {
      return "the value is missing, need NAME/VERSION:SCHEMES, or none";
    }
    try {
      ModelChoice.of(value);
      return null;
    } catch (IllegalArgumentException e) {
      return "the value is no model: " + e.getMessage();
    }
  }
}
