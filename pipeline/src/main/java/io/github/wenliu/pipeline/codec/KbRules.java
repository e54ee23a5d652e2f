package io.github.wenliu.pipeline.codec;

import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.link.KbFact;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What an entry of the knowledge base may hold. Lengths are in UTF-16 units. What is blank or there
 * twice is left out of lists; anything else that breaks a rule turns the entry away, in words that
 * quote nothing.
 */
final class KbRules {

  static final int MAX_ID_LENGTH = 256;
  static final int MAX_NAME_LENGTH = 256;
  static final int MAX_ALIASES = 256;
  static final int MAX_TYPES = 64;
  static final int MAX_TYPE_LENGTH = 256;
  static final int MAX_DESCRIPTION_LENGTH = 64 << 10;
  static final int MAX_FACTS = 1_024;
  static final int MAX_PREDICATE_LENGTH = 256;
  static final int MAX_OBJECT_LENGTH = 1_024;

  private KbRules() {}

  /**
   * An id of an entry.
   *
   * @param field where it stands
   */
  static String id(String field, String id) throws RejectedException {
    if (id.isBlank() || id.length() > MAX_ID_LENGTH) {
      throw rejected(
          ErrorClass.SCHEMA, field + " is blank or longer than " + MAX_ID_LENGTH + " characters");
    }
    requireWellFormed(field, id);
    return id;
  }

  static String channel(String channel) throws RejectedException {
    if (!DocumentDecoder.CHANNEL.matcher(channel).matches()) {
      throw rejected(ErrorClass.SCHEMA, "the channel does not match " + DocumentDecoder.CHANNEL);
    }
    return channel;
  }

  /**
   * @param name {@code null} if missing
   */
  static String name(String name) throws RejectedException {
    if (name == null) {
      throw rejected(ErrorClass.SCHEMA, "name is missing");
    }
    requireShort(KbJson.NAME, name, MAX_NAME_LENGTH);
    if (NormalizedText.normalize(name).isBlank()) {
      throw rejected(ErrorClass.SCHEMA, "name is blank");
    }
    return name;
  }

  /** Other names than the first one. */
  static List<String> aliases(String name, Collection<String> given) throws RejectedException {
    var aliases = different(KbJson.ALIASES, given, MAX_NAME_LENGTH);
    aliases.remove(name);
    requireFew(KbJson.ALIASES, aliases, MAX_ALIASES);
    return List.copyOf(aliases);
  }

  static List<String> types(Collection<String> given) throws RejectedException {
    var types = different(KbJson.TYPES, given, MAX_TYPE_LENGTH);
    requireFew(KbJson.TYPES, types, MAX_TYPES);
    return List.copyOf(types);
  }

  static String description(String description) throws RejectedException {
    requireShort(KbJson.DESCRIPTION, description, MAX_DESCRIPTION_LENGTH);
    return description;
  }

  static List<KbFact> facts(Collection<KbFact> given) throws RejectedException {
    var facts = new LinkedHashSet<KbFact>();
    for (var fact : given) {
      requireShort("the predicate of a fact", fact.predicate(), MAX_PREDICATE_LENGTH);
      requireShort("the object of a fact", fact.object(), MAX_OBJECT_LENGTH);
      if (!fact.predicate().isBlank() || !fact.object().isBlank()) {
        facts.add(fact);
      }
    }
    requireFew(KbJson.FACTS, facts, MAX_FACTS);
    return List.copyOf(facts);
  }

  /**
   * @param redirect {@code null} for none
   */
  static String redirect(String id, String redirect) throws RejectedException {
    if (redirect == null) {
      return null;
    }
    if (redirect.equals(id)) {
      throw rejected(ErrorClass.SCHEMA, "redirect is the entry's own id");
    }
    return id(KbJson.REDIRECT, redirect);
  }

  private static LinkedHashSet<String> different(
      String field, Collection<String> given, int maxLength) throws RejectedException {
    var different = new LinkedHashSet<String>();
    for (var text : given) {
      requireShort("one of " + field, text, maxLength);
      if (!NormalizedText.normalize(text).isBlank()) {
        different.add(text);
      }
    }
    return different;
  }

  private static void requireFew(String field, Collection<?> of, int max) throws RejectedException {
    if (of.size() > max) {
      throw rejected(
          ErrorClass.TOO_LARGE, field + " has " + of.size() + " elements, may have " + max);
    }
  }

  private static void requireShort(String field, String text, int max) throws RejectedException {
    if (text.length() > max) {
      throw rejected(
          ErrorClass.TOO_LARGE, field + " has " + text.length() + " characters, may have " + max);
    }
    requireWellFormed(field, text);
  }

  private static void requireWellFormed(String field, String text) throws RejectedException {
    int half = WellFormed.halfSurrogate(text);
    if (half >= 0) {
      throw rejected(
          ErrorClass.ENCODING, field + " holds half a surrogate pair at UTF-16 unit " + half);
    }
  }

  static RejectedException rejected(ErrorClass errorClass, String message) {
    return new RejectedException(errorClass, message, KbDecoder.class.getName());
  }
}
