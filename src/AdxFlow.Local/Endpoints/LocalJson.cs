using System.Text.Encodings.Web;
using System.Text.Json;

namespace AdxFlow.Local.Endpoints;

/// <summary>How the stand-in writes JSON: for machines, not inside of HTML, so that letters and quotes stay readable.</summary>
internal static class LocalJson
{
    public static JsonSerializerOptions Serializer { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions Writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Writer))
            write(writer);
        return buffer.ToArray();
    }

    public static string Text(Action<Utf8JsonWriter> write) => System.Text.Encoding.UTF8.GetString(Write(write));
}
