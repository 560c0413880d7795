using System.Text;
using System.Web;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Base64, URLs, code points, versions.</summary>
internal static class EncodingFunctions
{
    private const KustoType StringType = KustoType.String;
    private const long VersionStep = 100_000_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Text("base64_encode_tostring", s => Convert.ToBase64String(Encoding.UTF8.GetBytes(s))),
        Text("base64_encodestring", s => Convert.ToBase64String(Encoding.UTF8.GetBytes(s))),
        Text("base64_decode_tostring", FromBase64),
        Text("base64_decodestring", FromBase64),
        new("base64_decode_toarray", None, new Overload(KustoType.Dynamic, Kernels.TryMap(KustoType.Dynamic, (string s, out DynamicValue bytes) =>
        {
            bool ok = TryBytes(s, out byte[] data);
            bytes = DynamicValue.Of([.. data.Select(b => DynamicValue.Of((long)b))]);
            return ok;
        }), Arg.StringOrDynamic)),
        new("base64_encode_fromguid", None, new Overload(StringType, Kernels.Map<Guid, string>(StringType, g => Convert.ToBase64String(g.ToByteArray())), Arg.Guid)),
        Text("url_encode_component", UrlEncodeComponent),
        Text("url_encode", UrlEncode),
        Text("url_decode", UrlDecode),
        new("unicode_codepoints_from_string", None, CodePoints),
        new("to_utf8", None, CodePoints),
        new("unicode_codepoints_to_string", None, FromCodePoints),
        new("make_string", None, FromCodePoints),
        new("parse_version", None, new Overload(KustoType.Decimal, Kernels.TryMap<string, KustoDecimal>(KustoType.Decimal, TryVersion), Arg.StringOrDynamic)),
    ];

    private static Overload CodePoints => new(KustoType.Dynamic,
        Kernels.Map<string, DynamicValue>(KustoType.Dynamic, s => DynamicValue.Of([.. s.EnumerateRunes().Select(r => DynamicValue.Of((long)r.Value))])), Arg.Text);

    private static ScalarFunction Text(string name, Func<string, string> function) => new(name, None, new Overload(StringType, Kernels.Map(StringType, function), Arg.StringOrDynamic));

    private static bool TryBytes(string text, out byte[] data)
    {
        data = new byte[(text.Length / 4 * 3) + 3];
        bool ok = Convert.TryFromBase64String(text, data, out int written);
        data = data[..written];
        return ok;
    }

    private static string FromBase64(string text)
    {
        try
        {
            return TryBytes(text, out byte[] data) ? Strict.GetString(data) : "";
        }
        catch (DecoderFallbackException)
        {
            return "";
        }
    }

    // The documentation shows small hexadecimal digits.
    private static string UrlEncodeComponent(string text)
    {
        char[] escaped = Uri.EscapeDataString(text).ToCharArray();
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '%') continue;
            escaped[i + 1] = char.ToLowerInvariant(escaped[i + 1]);
            escaped[i + 2] = char.ToLowerInvariant(escaped[i + 2]);
        }

        return new string(escaped);
    }

    // Which marks stay as they are is not documented; those are refused on which encoders differ.
    private static string UrlEncode(string text) => !text.Any(c => c is '!' or '*' or '(' or ')' or '\'' or '~')
        ? HttpUtility.UrlEncode(text)
        : throw KqlException.NotSupportedValue("The local stand-in does not know whether url_encode() encodes ! * ( ) ' and ~. Use url_encode_component().");

    private static string UrlDecode(string text)
    {
        for (int at = text.IndexOfAny(['%', '+']); at >= 0; at = text.IndexOfAny(['%', '+'], at + 1))
        {
            if (text[at] == '+' || at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
                throw KqlException.NotSupportedValue("The local stand-in does not know what url_decode() makes of a plus sign, or of a percent sign without two digits behind it.");
        }

        return Uri.UnescapeDataString(text);
    }

    private static Expression FromCodePoints(CallContext call)
    {
        call.ExpectCount(1, 64);
        foreach (Expression argument in call.Arguments)
        {
            if (!Conversion.IsInteger(argument.Type) && argument.Type != KustoType.Dynamic) throw call.Error("an integer or a value of type dynamic expected.");
        }

        Expression[] arguments = Array.ConvertAll(call.Arguments, a => Conversion.To(a, KustoType.Dynamic)!);
        return KernelExpression.Create(StringType, (vectors, count) =>
        {
            var result = new string[count];
            for (int row = 0; row < count; row++)
                result[row] = Join(vectors, row);
            return new Vector<string>(StringType, result, count, null);
        }, arguments);
    }

    private static string Join(Vector[] vectors, int row)
    {
        var text = new StringBuilder();
        foreach (Vector vector in vectors)
        {
            if (vector.IsNull(row)) return "";
            DynamicValue value = vector.Values<DynamicValue>()[row];
            foreach (DynamicValue item in value.AsArray() ?? [value])
            {
                if (item is not { Kind: DynamicKind.Long, Value: long and >= 0 and <= 0x10FFFF and var code } || !Rune.IsValid((int)code)) return "";
                text.Append(new Rune((int)code).ToString());
            }
        }

        return text.ToString();
    }

    private static bool TryVersion(string text, out KustoDecimal version)
    {
        version = KustoDecimal.Zero;
        string[] parts = text.Split('.');
        if (parts.Length > 4 || Array.Exists(parts, p => p.Length is 0 or > 8 || !p.All(char.IsAsciiDigit))) return false;
        for (int i = 0; i < 4; i++)
            version = (version * VersionStep) + (i < parts.Length ? int.Parse(parts[i], System.Globalization.CultureInfo.InvariantCulture) : 0);
        return true;
    }
}
