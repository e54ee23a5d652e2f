package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.operators.control.ControlRecord;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.RawRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Set;

/**
 * Reads a record of the topic {@code control}. Never throws on input, whatever the bytes: what
 * cannot be followed comes back as a refusal that says why.
 *
 * <p>The key is {@code kind/channel/target}, the value a JSON object with an action or nothing,
 * which takes the change before back. Unknown fields are for people and left alone. Thread-safe.
 */
public final class ControlDecoder {

  /** Longest target, in UTF-16 units: no longer word can be told from its parts. */
  public static final int MAX_TARGET_LENGTH = 64;

  private static final Set<String> ACTIONS = Set.of(ControlChange.PIN, ControlChange.BAN);

  private final ZoneId zone;
  private final JsonFactory json = StrictJson.factory();

  /**
   * @param zone zone of times that name none
   */
  public ControlDecoder(ZoneId zone) {
    this.zone = zone;
  }

  /** The change that a record asks for, or why it is refused. */
  public ControlRecord decode(RawRecord raw) {
    var request = new Request();
    String problem;
    try {
      problem = readKey(raw.key(), request);
      if (raw.value() != null) {
        // Read even if the key is wrong: the answer names the action.
        var problemOfValue = readValue(raw.value(), request);
        problem = problem == null ? problemOfValue : problem;
      }
    } catch (JsonProcessingException e) {
      problem = "the value is malformed JSON, or beyond the parser's limits";
    } catch (IOException e) {
      problem = "the value cannot be read";
    }
    return problem == null
        ? ControlRecord.of(request.change(raw.origin()))
        : ControlRecord.refused(request.cut(raw.origin()), problem);
  }

  /** Reads the key; returns what is wrong with it, or {@code null}. */
  private static String readKey(byte[] key, Request request) {
    if (key == null) {
      return "the key is missing, need kind/channel/target";
    }
    var text = new String(key, StandardCharsets.UTF_8);
    int first = text.indexOf(ControlJson.SEPARATOR);
    int second = text.indexOf(ControlJson.SEPARATOR, first + 1);
    if (first < 0 || second < 0) {
      request.target = text;
      return "the key is not kind/channel/target";
    }
    request.kind = text.substring(0, first);
    request.channel = text.substring(first + 1, second);
    request.target = text.substring(second + 1);
    if (!isUtf8(key)) {
      return "the key is not UTF-8";
    }
    if (!request.kind.equals(ControlChange.WORD)) {
      return "the kind is unknown, need " + ControlChange.WORD;
    }
    if (!DocumentDecoder.CHANNEL.matcher(request.channel).matches()) {
      return "the channel does not match " + DocumentDecoder.CHANNEL;
    }
    return problemOfTarget(request.target);
  }

  private static String problemOfTarget(String target) {
    if (target.length() > MAX_TARGET_LENGTH) {
      return "the word is longer than " + MAX_TARGET_LENGTH + " characters";
    }
    var normalized = NormalizedText.normalize(target);
    if (normalized.isBlank()) {
      return "the word is empty";
    }
    return normalized.length() > MAX_TARGET_LENGTH
        ? "the word is longer than " + MAX_TARGET_LENGTH + " characters when normalised"
        : null;
  }

  /** Reads the value; returns what is wrong with it, or {@code null}. */
  private String readValue(byte[] value, Request request) throws IOException {
    if (!isUtf8(value)) {
      return "the value is not UTF-8";
    }
    String problem = null;
    try (var parser = json.createParser(value)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "the value is not a JSON object";
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        var problemOfField = readField(parser, request);
        problem = problem == null ? problemOfField : problem;
      }
      if (parser.nextToken() != null) {
        return "something follows the JSON object";
      }
    }
    if (problem == null && request.action == null) {
      return "the action is missing, need pin or ban";
    }
    return problem;
  }

  private String readField(JsonParser parser, Request request) throws IOException {
    var name = parser.currentName();
    var token = parser.nextToken();
    switch (name) {
      case ControlJson.ACTION -> {
        if (token == JsonToken.VALUE_STRING && ACTIONS.contains(parser.getText())) {
          request.action = parser.getText();
          return null;
        }
        parser.skipChildren();
        return "the action is unknown, need pin or ban";
      }
      case ControlJson.EFFECTIVE_FROM -> {
        return readTime(parser, request);
      }
      default -> {
        parser.skipChildren();
        return null;
      }
    }
  }

  private String readTime(JsonParser parser, Request request) throws IOException {
    try {
      switch (parser.currentToken()) {
        case VALUE_NULL -> {
          return null;
        }
        case VALUE_STRING -> {
          request.effectiveFromMillis = EventTimes.parse(parser.getText(), zone);
          return null;
        }
        case VALUE_NUMBER_INT -> {
          request.effectiveFromMillis = EventTimes.check(parser.getLongValue());
          return null;
        }
        default -> parser.skipChildren();
      }
    } catch (DateTimeException | InputCoercionException e) {
      return "effectiveFrom is neither ISO-8601 nor epoch milliseconds of the years 1 to 9999";
    }
    return "effectiveFrom is neither ISO-8601 nor epoch milliseconds";
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The parts of a change while they are being read. */
  private static final class Request {
    private String kind = "";
    private String channel = "";
    private String target = "";
    private String action;
    private Long effectiveFromMillis;

    private ControlChange change(String origin) {
      return new ControlChange(kind, channel, target, action, effectiveFromMillis, origin);
    }

    /** For a refusal: an answer must fit into its topic, however long the key was. */
    private ControlChange cut(String origin) {
      return new ControlChange(
          cutText(kind), cutText(channel), cutText(target), action, effectiveFromMillis, origin);
    }

    private static String cutText(String text) {
      if (text.length() <= MAX_TARGET_LENGTH) {
        return text;
      }
      boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX_TARGET_LENGTH - 1));
      return text.substring(0, splitsPair ? MAX_TARGET_LENGTH - 1 : MAX_TARGET_LENGTH);
    }
  }
}
