using System.Numerics;

namespace AdxFlow.Local.Kql.Expressions;

internal readonly struct Less<T> : IBinaryOperation<T, T, bool>
    where T : IComparisonOperators<T, T, bool>
{
    public static bool Apply(T a, T b) => a < b;
}

internal readonly struct LessOrEqual<T> : IBinaryOperation<T, T, bool>
    where T : IComparisonOperators<T, T, bool>
{
    public static bool Apply(T a, T b) => a <= b;
}

internal readonly struct Equal<T> : IBinaryOperation<T, T, bool>
    where T : IEqualityOperators<T, T, bool>
{
    public static bool Apply(T a, T b) => a == b;
}

internal readonly struct EqualString : IBinaryOperation<string, string, bool>
{
    public static bool Apply(string a, string b) => a == b;
}

internal readonly struct EqualBool : IBinaryOperation<bool, bool, bool>
{
    public static bool Apply(bool a, bool b) => a == b;
}

internal readonly struct EqualGuid : IBinaryOperation<Guid, Guid, bool>
{
    public static bool Apply(Guid a, Guid b) => a == b;
}
