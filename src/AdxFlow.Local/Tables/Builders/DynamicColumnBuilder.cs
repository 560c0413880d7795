using System.Text;
using System.Text.Json;

namespace AdxFlow.Local.Tables;

/// <summary>Builds a column of type dynamic. A text cell that is not JSON is a string value, as ADX has it.</summary>
internal sealed class DynamicColumnBuilder : ColumnBuilder<DynamicValue>
{
    public DynamicColumnBuilder()
        : base(KustoType.Dynamic, DynamicValue.Null)
    {
    }

    public override bool AppendText(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            AppendNull();
        else if (!DynamicValue.TryParse(utf8, out DynamicValue? value))
            Append(DynamicValue.Of(Encoding.UTF8.GetString(utf8)));
        else
            AppendObject(value);
        return true;
    }

    public override void AppendFields(RecordBlock records, int ordinal)
    {
        for (int record = 0; record < records.Count; record++)
            AppendText(records.Field(record, ordinal));
    }

    public override bool AppendJson(ref Utf8JsonReader reader)
    {
        AppendObject(DynamicValue.FromReader(ref reader));
        return true;
    }

    /// <summary>Takes a DynamicValue, or a string that holds JSON text.</summary>
    protected override DynamicValue FromObject(object value) => value switch
    {
        DynamicValue dynamic => dynamic,
        string text when DynamicValue.TryParse(Encoding.UTF8.GetBytes(text), out DynamicValue? parsed) && parsed is not null => parsed,
        _ => DynamicValue.Of((string)value),
    };

    protected override bool TryRead(ReadOnlySpan<byte> utf8, out DynamicValue value)
    {
        bool isJson = DynamicValue.TryParse(utf8, out DynamicValue? parsed);
        value = parsed ?? DynamicValue.Null;
        return isJson;
    }
}
