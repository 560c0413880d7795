using System.Text;
using System.Text.Json;

namespace AdxFlow.Flow;

/// <summary>Reads a file of row diagnostics: JSON objects one after the other, or an array of them.</summary>
internal static class RowErrorReader
{
    private const string Errors = "_errors";
    private const string Corrupt = "_corrupt_record";

    public static IReadOnlyList<FlowRowError> Read(string text, string batchId, string file, string? runId)
    {
        var found = new List<FlowRowError>();
        foreach (JsonElement row in RowsOf(text))
        {
            JsonElement[] errors = [.. row.Items(Errors)];
            found.Add(new FlowRowError
            {
                RunId = runId,
                BatchId = batchId,
                File = row.Text("_filename") ?? file,
                Code = errors.Select(static error => error.Text("code")).FirstOrDefault(static code => code is not null) ?? string.Empty,
                Message = string.Join("; ", errors.Select(static error => error.Text("message") ?? error.Text("description")).OfType<string>()),
                Row = row.Text(Corrupt) ?? row.GetRawText(),
            });
        }
        return found;
    }

    /// <summary>The values one after the other. What is no JSON, to the end of its line, is a row as it stands: the row was why it is here.</summary>
    private static List<JsonElement> RowsOf(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var rows = new List<JsonElement>();
        int offset = 0;
        while ((offset = SkipSeparators(bytes, offset)) < bytes.Length)
        {
            JsonElement value = NextValue(bytes, ref offset);
            if (value.ValueKind == JsonValueKind.Array)
                rows.AddRange(value.EnumerateArray());
            else
                rows.Add(value);
        }
        return rows;
    }

    private static int SkipSeparators(byte[] bytes, int offset)
    {
        while (offset < bytes.Length && bytes[offset] is (byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t' or (byte)',')
            offset++;
        return offset;
    }

    private static JsonElement NextValue(byte[] bytes, ref int offset)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes.AsSpan(offset));
            JsonElement value = JsonElement.ParseValue(ref reader);
            offset += (int)reader.BytesConsumed;
            return value;
        }
        catch (JsonException)
        {
            int end = Array.IndexOf(bytes, (byte)'\n', offset);
            string line = Encoding.UTF8.GetString(bytes, offset, (end < 0 ? bytes.Length : end) - offset).TrimEnd();
            offset = end < 0 ? bytes.Length : end + 1;
            return JsonSerializer.SerializeToElement(new Dictionary<string, string> { [Corrupt] = line });
        }
    }
}
