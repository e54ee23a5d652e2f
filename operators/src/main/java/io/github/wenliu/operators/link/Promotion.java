package io.github.wenliu.operators.link;

import io.github.wenliu.operators.document.ControlChange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A group of unlinked mentions that people make an entry of the knowledge base: what the value of
 * such a {@link ControlChange} says.
 *
 * <p>Written as lines {@code field<TAB>text}: an {@code id} and a {@code name}, then any number of
 * {@code alias} and of {@code type}, then perhaps a {@code description}. JSON is only spoken at the
 * door, where the value is an object of these fields.
 *
 * @param id of the entry
 * @param name of the entry
 * @param aliases other names
 * @param types from the most telling to the least
 * @param description may be empty
 */
public record Promotion(
    String id, String name, List<String> aliases, List<String> types, String description) {

  /** What the id of an entry begins with that nobody gave another. */
  public static final String ID_PREFIX = "candidate:";

  /** Longest id, in UTF-16 units. */
  public static final int MAX_ID = 128;

  /** Longest name, alias or type, in UTF-16 units. */
  public static final int MAX_NAME = AliasIndex.MAX_LENGTH;

  /** Most aliases, and most types. */
  public static final int MAX_NAMES = 32;

  /** Longest description, in UTF-16 units. */
  public static final int MAX_DESCRIPTION = 1_000;

  private static final String ID = "id";
  private static final String NAME = "name";
  private static final String ALIAS = "alias";
  private static final String TYPE = "type";
  private static final String DESCRIPTION = "description";

  /** How ids of groups shorten a name. */
  private static final Pattern SHORTENED = Pattern.compile(".{30,31}~[0-9a-f]{16}");

  private static final Pattern GROUP = Pattern.compile("(?s).+#[1-9][0-9]{0,8}");

  /**
   * Checks what people ask for.
   *
   * @throws IllegalArgumentException that says what is wrong in words that quote nothing
   */
  public Promotion {
    check("id", id, MAX_ID);
    check("name", name, MAX_NAME);
    aliases = checked("aliases", aliases);
    types = checked("types", types);
    description = description.isBlank() ? "" : description;
    if (!description.isEmpty()) {
      check("description", description, MAX_DESCRIPTION);
    }
  }

  /** Whether a text is the id of a group: a name, {@code #} and a number from 1 on. */
  public static boolean isGroup(String text) {
    return GROUP.matcher(text).matches();
  }

  /**
   * The name in the id of a group.
   *
   * @throws IllegalArgumentException if the name is too long to stand there whole
   */
  public static String nameOf(String group) {
    var name = group.substring(0, group.lastIndexOf('#'));
    if (SHORTENED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name is missing, and the group's id has not all of it");
    }
    return name;
  }

  /** The id of the entry that a group becomes if nobody gives another. */
  public static String idOf(String group) {
    return ID_PREFIX + group;
  }

  /**
   * Reads the value of a change.
   *
   * @throws IllegalArgumentException if it is none, or says nothing sensible
   */
  public static Promotion of(ControlChange change) {
    if (change.value() == null) {
      throw new IllegalArgumentException("the value is missing, need an entry");
    }
    var id = new ArrayList<String>();
    var name = new ArrayList<String>();
    var aliases = new ArrayList<String>();
    var types = new ArrayList<String>();
    var description = new ArrayList<String>();
    for (String line : change.value().split("\n", -1)) {
      int tab = line.indexOf('\t');
      switch (tab < 0 ? "" : line.substring(0, tab)) {
        case ID -> id.add(line.substring(tab + 1));
        case NAME -> name.add(line.substring(tab + 1));
        case ALIAS -> aliases.add(line.substring(tab + 1));
        case TYPE -> types.add(line.substring(tab + 1));
        case DESCRIPTION -> description.add(line.substring(tab + 1));
        default -> throw new IllegalArgumentException("a line of the value is no field");
      }
    }
    if (id.size() != 1 || name.size() != 1 || description.size() > 1) {
      throw new IllegalArgumentException("the value needs one id, one name, one description");
    }
    return new Promotion(
        id.get(0), name.get(0), aliases, types, description.isEmpty() ? "" : description.get(0));
  }

  /**
   * The entry that a change asks for.
   *
   * @return {@code null} if the change takes back what was asked for before
   * @throws IllegalArgumentException if it asks for nothing sensible
   */
  public static KbEntry entry(ControlChange change) {
    return change.action() == null ? null : of(change).entry(change.channel());
  }

  private KbEntry entry(String channel) {
    return new KbEntry(channel, id, name, aliases, types, description, List.of(), null, null);
  }

  /** The value of a change that asks for it. */
  public String text() {
    var text = new StringBuilder();
    add(text, ID).accept(id);
    add(text, NAME).accept(name);
    aliases.forEach(add(text, ALIAS));
    types.forEach(add(text, TYPE));
    if (!description.isEmpty()) {
      add(text, DESCRIPTION).accept(description);
    }
    return text.toString();
  }

  private static Consumer<String> add(StringBuilder text, String field) {
    return value ->
        text.append(text.isEmpty() ? "" : "\n").append(field).append('\t').append(value);
  }

  private static List<String> checked(String field, List<String> texts) {
    if (texts.size() > MAX_NAMES) {
      throw new IllegalArgumentException("there are more than " + MAX_NAMES + " " + field);
    }
    texts.forEach(text -> check("one of the " + field, text, MAX_NAME));
    return List.copyOf(texts);
  }

  private static void check(String field, String text, int longest) {
    if (text.isBlank() || text.length() > longest) {
      throw new IllegalArgumentException(
          "%s is empty or longer than %d characters".formatted(field, longest));
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(field + " holds a control character");
    }
  }
}
