using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AdxFlow.Adx;

/// <summary>
/// Reads the text of a JSON string or property name. Half a surrogate pair, which KQL's substring() can leave, is kept as .NET keeps it;
/// bytes that are no UTF-8 are an error, not a guess.
/// </summary>
internal static class JsonStrings
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescape(ref reader);
        }
    }

    /// <summary>The characters of valid UTF-8.</summary>
    public static string Decode(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Strict.GetString(utf8);
        }
        catch (DecoderFallbackException invalid)
        {
            throw new JsonException("A text is not valid UTF-8.", invalid);
        }
    }

    private static string Unescape(ref Utf8JsonReader reader)
    {
        string text = Decode(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            // The reader has checked the escapes already.
            char escape = text[++i];
            switch (escape)
            {
                case 'b':
                    result.Append('\b');
                    break;
                case 'f':
                    result.Append('\f');
                    break;
                case 'n':
                    result.Append('\n');
                    break;
                case 'r':
                    result.Append('\r');
                    break;
                case 't':
                    result.Append('\t');
                    break;
                case 'u':
                    result.Append((char)ushort.Parse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    i += 4;
                    break;
                default:
                    result.Append(escape);
                    break;
            }
        }

        return result.ToString();
    }
}
