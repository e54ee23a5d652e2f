package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import io.github.wenliu.operators.document.Document;
import io.github.wenliu.operators.document.ErrorClass;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.document.SourceRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads a Kafka record as a document. Never throws on input, whatever the bytes: what is no
 * document comes back as a rejection that says why, without quoting it.
 *
 * <p>The value is JSON if its {@code content-type} says so or, without that header, if its first
 * non-blank byte is <code>{</code>; anything else is plain text. CloudEvents headers of binary mode
 * fill in what the body leaves out.
 *
 * <p>O(bytes). Thread-safe.
 */
public final class DocumentDecoder {

  /** Longest id, in UTF-16 units: it becomes a record key and a header. */
  static final int MAX_ID_LENGTH = 512;

  /** What a channel looks like. */
  static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final DecoderParameters parameters;
  private final JsonFactory json = StrictJson.factory();

  public DocumentDecoder(DecoderParameters parameters) {
    this.parameters = parameters;
  }

  /** Whether a text can name a channel. */
  public static boolean isChannel(String text) {
    return CHANNEL.matcher(text).matches();
  }

  /** The document of a record, or why it is none. */
  public SourceRecord decode(RawRecord raw) {
    try {
      return SourceRecord.of(raw, document(raw));
    } catch (RejectedException e) {
      return SourceRecord.rejected(raw, e.rejection());
    }
  }

  private Document document(RawRecord raw) throws RejectedException {
    if (raw.value() == null) {
      throw new RejectedException(ErrorClass.SCHEMA, "the value is null");
    }
    if (raw.value().length == 0) {
      throw new RejectedException(ErrorClass.SCHEMA, "the value is empty");
    }
    var text = utf8(raw.value());
    var fields = isJson(raw, text) ? parse(text) : plain(text);
    fillFromHeaders(fields, raw);
    return check(fields, raw);
  }

  private static String utf8(byte[] bytes) throws RejectedException {
    var text = WellFormed.utf8(bytes);
    if (text == null) {
      throw new RejectedException(
          ErrorClass.ENCODING, "the value is not UTF-8", MalformedInputException.class.getName());
    }
    return text;
  }

  private static boolean isJson(RawRecord raw, String text) throws RejectedException {
    var contentType = Headers.text(raw.headers(), Headers.CONTENT_TYPE);
    if (contentType == null) {
      int first = 0;
      while (first < text.length() && text.charAt(first) <= ' ') {
        first++;
      }
      return first < text.length() && text.charAt(first) == '{';
    }
    var mediaType = contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    if (mediaType.equals("application/json") || mediaType.endsWith("+json")) {
      return true;
    }
    if (mediaType.startsWith("text/")) {
      return false;
    }
    throw new RejectedException(
        ErrorClass.SCHEMA, "the content-type header names neither JSON nor text");
  }

  private static Fields plain(String text) {
    var fields = new Fields();
    fields.text = text;
    return fields;
  }

  private Fields parse(String text) throws RejectedException {
    var fields = new Fields();
    try (var parser = json.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new RejectedException(ErrorClass.SCHEMA, "the JSON value is not an object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        readField(parser, fields);
      }
      if (parser.nextToken() != null) {
        throw new RejectedException(ErrorClass.PARSE, "something follows the JSON object");
      }
      fields.finishExtra();
      return fields;
    } catch (JsonProcessingException e) {
      var where = e.getLocation();
      throw new RejectedException(
          ErrorClass.PARSE,
          where == null
              ? "malformed JSON, or beyond the parser's limits"
              : "malformed JSON, or beyond the parser's limits, at character "
                  + where.getCharOffset(),
          e.getClass().getName());
    } catch (IOException e) {
      throw new RejectedException(
          ErrorClass.PARSE, "the JSON value cannot be read", e.getClass().getName());
    }
  }

  private void readField(JsonParser parser, Fields fields) throws IOException, RejectedException {
    var name = parser.currentName();
    parser.nextToken();
    switch (name) {
      case "id" -> fields.id = string(parser, name);
      case "text" -> fields.text = string(parser, name);
      case "channel" -> fields.channel = string(parser, name);
      case "source" -> fields.source = string(parser, name);
      case "time" -> fields.timeMillis = time(parser);
      case "metadata" -> fields.metadata = object(parser);
      default -> fields.addExtra(json, name, parser);
    }
  }

  private static String string(JsonParser parser, String name)
      throws IOException, RejectedException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> parser.getText();
      default -> throw wrongType(parser, name + " is not a string");
    };
  }

  private Long time(JsonParser parser) throws IOException, RejectedException {
    try {
      return switch (parser.currentToken()) {
        case VALUE_NULL -> null;
        case VALUE_STRING -> EventTimes.parse(parser.getText(), parameters.zone());
        case VALUE_NUMBER_INT -> EventTimes.check(parser.getLongValue());
        default ->
            throw new RejectedException(
                ErrorClass.SCHEMA, "time is neither ISO-8601 nor epoch milliseconds");
      };
    } catch (DateTimeException | InputCoercionException e) {
      throw new RejectedException(
          ErrorClass.SCHEMA,
          "time is neither ISO-8601 nor epoch milliseconds of the years 1 to 9999",
          e.getClass().getName());
    }
  }

  private String object(JsonParser parser) throws IOException, RejectedException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case START_OBJECT -> {
        var copy = new StringWriter();
        try (var generator = json.createGenerator(copy)) {
          copy(parser, generator);
        }
        yield copy.toString();
      }
      default -> throw wrongType(parser, "metadata is not an object");
    };
  }

  /** Copies a value with all in it; numbers keep their digits, whatever type could hold them. */
  private static void copy(JsonParser parser, JsonGenerator to) throws IOException {
    int depth = 0;
    do {
      var token = parser.currentToken();
      if (token.isNumeric()) {
        to.writeNumber(parser.getText());
      } else {
        to.copyCurrentEvent(parser);
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    } while (depth > 0 && parser.nextToken() != null);
  }

  /** A value of a wrong type; one that is not even well-formed throws that first. */
  private static RejectedException wrongType(JsonParser parser, String message) throws IOException {
    parser.skipChildren();
    return new RejectedException(ErrorClass.SCHEMA, message);
  }

  private void fillFromHeaders(Fields fields, RawRecord raw) throws RejectedException {
    if (raw.headers().isEmpty()) {
      return;
    }
    fields.traceparent = Headers.text(raw.headers(), Headers.TRACEPARENT);
    if (fields.id == null) {
      fields.id = Headers.text(raw.headers(), Headers.CE_ID);
    }
    if (fields.source == null) {
      fields.source = Headers.text(raw.headers(), Headers.CE_SOURCE);
    }
    var time = Headers.text(raw.headers(), Headers.CE_TIME);
    if (fields.timeMillis == null && time != null) {
      try {
        fields.timeMillis = EventTimes.parse(time, parameters.zone());
      } catch (DateTimeException e) {
        throw new RejectedException(
            ErrorClass.SCHEMA, "the header ce_time is not ISO-8601", e.getClass().getName());
      }
    }
  }

  private Document check(Fields fields, RawRecord raw) throws RejectedException {
    if (fields.text == null) {
      throw new RejectedException(ErrorClass.SCHEMA, "text is missing");
    }
    if (fields.text.length() > parameters.maxCodePoints()
        && fields.text.codePointCount(0, fields.text.length()) > parameters.maxCodePoints()) {
      throw new RejectedException(
          ErrorClass.TOO_LARGE,
          "the text is longer than " + parameters.maxCodePoints() + " code points");
    }
    if (fields.id != null && (fields.id.isEmpty() || fields.id.length() > MAX_ID_LENGTH)) {
      throw new RejectedException(
          ErrorClass.SCHEMA, "id is empty or longer than " + MAX_ID_LENGTH + " characters");
    }
    var channel = fields.channel == null ? Document.DEFAULT_CHANNEL : fields.channel;
    if (!CHANNEL.matcher(channel).matches()) {
      throw new RejectedException(ErrorClass.SCHEMA, "channel does not match " + CHANNEL);
    }
    requireWellFormed("text", fields.text);
    requireWellFormed("id", fields.id);
    requireWellFormed("source", fields.source);
    requireWellFormed("metadata", fields.metadata);
    requireWellFormed("an unknown field", fields.extra);
    return new Document(
        fields.id == null ? idOf(raw) : fields.id,
        fields.text,
        fields.timeMillis,
        channel,
        fields.source,
        fields.metadata,
        fields.extra,
        fields.traceparent);
  }

  private static String idOf(RawRecord raw) {
    return UUID.nameUUIDFromBytes(raw.origin().getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** JSON can spell half a surrogate pair, which no UTF-8 output can carry. */
  private static void requireWellFormed(String name, String text) throws RejectedException {
    if (text == null) {
      return;
    }
    int half = WellFormed.halfSurrogate(text);
    if (half >= 0) {
      throw new RejectedException(
          ErrorClass.ENCODING, name + " holds half a surrogate pair at UTF-16 unit " + half);
    }
  }

  /** The fields of a document while they are being read; {@code null} if missing. */
  private static final class Fields {
    private String id;
    private String text;
    private String channel;
    private String source;
    private Long timeMillis;
    private String metadata;
    private String extra;
    private String traceparent;

    private StringWriter extraWriter;
    private JsonGenerator extraGenerator;

    private void addExtra(JsonFactory json, String name, JsonParser parser) throws IOException {
      if (extraGenerator == null) {
        extraWriter = new StringWriter();
        extraGenerator = json.createGenerator(extraWriter);
        extraGenerator.writeStartObject();
      }
      extraGenerator.writeFieldName(name);
      copy(parser, extraGenerator);
    }

    private void finishExtra() throws IOException {
      if (extraGenerator != null) {
        extraGenerator.writeEndObject();
        extraGenerator.close();
        extra = extraWriter.toString();
      }
    }
  }
}
