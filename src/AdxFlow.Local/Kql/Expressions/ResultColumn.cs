using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>The result of a kernel while it is filled: a fixed number of rows, each a value or null ("" for string).</summary>
internal sealed class ResultColumn<T>
{
    private readonly KustoType _type;
    private ulong[]? _nulls;

    public ResultColumn(KustoType type, int count)
    {
        _type = type;
        Items = new T[count];
    }

    public T[] Items { get; }

    public void SetNull(int row)
    {
        if (_type == KustoType.String)
            Items[row] = (T)(object)"";
        else
            NullMask.Set(ref _nulls, row, Items.Length);
    }

    public Vector Build() => new Vector<T>(_type, Items, Items.Length, _nulls);
}
