using System.Text;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>Text as a dynamic value: JSON is read, what is none becomes a dynamic string, and empty text null.</summary>
internal static class DynamicText
{
    public static Kernel Kernel { get; } = Kernels.TryMap(KustoType.Dynamic, (string text, out DynamicValue result) =>
    {
        result = DynamicValue.Null;
        if (text.Length == 0) return false;
        if (!DynamicValue.TryParse(Encoding.UTF8.GetBytes(text), out DynamicValue? parsed))
            parsed = DynamicValue.Of(text);
        result = parsed ?? DynamicValue.Null;
        return parsed is not null;
    });
}
