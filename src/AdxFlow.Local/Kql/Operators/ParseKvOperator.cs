using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators;

/// <summary><c>parse-kv</c>: a column for each key, with its first value in the text.</summary>
internal sealed class ParseKvOperator : TabularOperator
{
    private readonly TabularOperator _input;
    private readonly IReadOnlyList<Column> _keys;
    private readonly Expression _text;
    private readonly KeyValueReader _reader;

    public ParseKvOperator(TabularOperator input, IReadOnlyList<Column> keys, Expression text, KeyValueReader reader)
        : base([.. input.Schema, .. keys])
    {
        _input = input;
        _keys = keys;
        _text = text;
        _reader = reader;
    }

    public override IEnumerable<RowChunk> Run(CancellationToken cancel)
    {
        var ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < _keys.Count; i++)
            ordinals.Add(_keys[i].Name, i);
        foreach (RowChunk chunk in _input.Run(cancel))
        {
            string[] texts = _text.Evaluate(chunk).Values<string>();
            string?[][] values = [.. _keys.Select(_ => new string?[chunk.Count])];
            for (int row = 0; row < chunk.Count; row++)
            {
                foreach ((string key, string value) in _reader.Read(texts[row], ordinals.ContainsKey))
                    values[ordinals[key]][row] ??= value;
            }

            yield return chunk.With([.. chunk.Columns, .. _keys.Select((k, i) => Convert(values[i], k))]);
        }
    }

    private static Vector Convert(string?[] values, Column key)
    {
        var texts = new Vector<string>(KustoType.String, [.. values.Select(v => v ?? "")], values.Length, null);
        if (key.Type == KustoType.String) return texts;
        Vector converted = key.Type == KustoType.Dynamic ? DynamicText.Kernel([texts], values.Length) : ConversionKernels.Find(KustoType.String, key.Type)!([texts], values.Length);
        for (int row = 0; row < values.Length; row++)
        {
            if (!string.IsNullOrEmpty(values[row]) && converted.IsNull(row))
                throw KqlException.NotSupportedValue($"The local stand-in does not know what parse-kv makes of a value of '{key.Name}' that is no {KustoTypes.Name(key.Type)}. Take it as a string, and convert it then.");
        }

        return converted;
    }
}
