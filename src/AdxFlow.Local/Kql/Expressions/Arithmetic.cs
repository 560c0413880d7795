using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Expressions;

/// <summary>
/// <c>+ - * / %</c>: integers give long and division truncates, <c>%</c> is never negative, datetime and timespan follow
/// their own rules. Dividing integers by zero gives null; a result outside the range of its type is an error of the query.
/// </summary>
/// <remarks>Source: Microsoft Learn, "Numerical operators" and "Datetime / timespan arithmetic".</remarks>
internal static class Arithmetic
{
    private const KustoType Moment = KustoType.DateTime;
    private const KustoType Duration = KustoType.TimeSpan;

    /// <summary>The expression, or null where the operator has no meaning for the types.</summary>
    public static Expression? Bind(string symbol, Expression left, Expression right)
    {
        if (Conversion.IsNumeric(left.Type) && Conversion.IsNumeric(right.Type))
        {
            KustoType type = Conversion.Widest(Conversion.Widest(left.Type, right.Type), KustoType.Long);
            return KernelExpression.Create(type, NumericKernel(symbol, type), Conversion.Widen(left, type), Conversion.Widen(right, type));
        }

        return (symbol, left.Type, right.Type) switch
        {
            ("+", Moment, Duration) or ("+", Duration, Moment) => Ticks(Moment, (a, b) => InRange(checked(a + b)), left, right),
            ("-", Moment, Duration) => Ticks(Moment, (a, b) => InRange(checked(a - b)), left, right),
            ("-", Moment, Moment) => Ticks(Duration, (a, b) => a - b, left, right),
            ("+", Duration, Duration) => Ticks(Duration, (a, b) => checked(a + b), left, right),
            ("-", Duration, Duration) => Ticks(Duration, (a, b) => checked(a - b), left, right),
            ("/", Duration, Duration) => KernelExpression.Create(KustoType.Real, Kernels.Map<long, long, double>(KustoType.Real, (a, b) => (double)a / b), left, right),
            ("%", Duration, Duration) => KernelExpression.Create(Duration, Kernels.TryMap<long, long, long>(Duration, TryModulo), left, right),
            ("*", Duration, _) => Scale(left, right),
            ("*", _, Duration) => Scale(right, left),
            ("/", Duration, KustoType.Int or KustoType.Long) =>
                KernelExpression.Create(Duration, Kernels.TryMap<long, long, long>(Duration, TryDivide), left, Conversion.Widen(right, KustoType.Long)),
            ("/", Duration, KustoType.Real) =>
                KernelExpression.Create(Duration, Kernels.Map<long, double, long>(Duration, (a, b) => checked((long)(a / b))), left, right),
            _ => null,
        };
    }

    /// <summary>The operand with its sign changed, or null where that has no meaning.</summary>
    public static Expression? Negate(Expression operand) => operand.Type switch
    {
        KustoType.Int or KustoType.Long =>
            KernelExpression.Create(KustoType.Long, Kernels.Map<long, long>(KustoType.Long, v => checked(-v)), Conversion.Widen(operand, KustoType.Long)),
        KustoType.Real => KernelExpression.Create(KustoType.Real, Kernels.Map<double, double>(KustoType.Real, v => -v), operand),
        KustoType.Decimal => KernelExpression.Create(KustoType.Decimal, Kernels.Map<KustoDecimal, KustoDecimal>(KustoType.Decimal, v => -v), operand),
        Duration => KernelExpression.Create(Duration, Kernels.Map<long, long>(Duration, v => checked(-v)), operand),
        _ => null,
    };

    /// <summary>The largest multiple of the size that is not above the value; null for a size that is not positive.</summary>
    public static bool TryFloor(long value, long size, out long result)
    {
        result = 0;
        if (size <= 0) return false;
        long remainder = value % size;
        result = remainder < 0 ? checked(value - remainder - size) : value - remainder;
        return true;
    }

    private static Kernel NumericKernel(string symbol, KustoType type) => (symbol, type) switch
    {
        ("+", KustoType.Long) => Kernels.Map<long, long, long>(type, (a, b) => checked(a + b)),
        ("-", KustoType.Long) => Kernels.Map<long, long, long>(type, (a, b) => checked(a - b)),
        ("*", KustoType.Long) => Kernels.Map<long, long, long>(type, (a, b) => checked(a * b)),
        ("/", KustoType.Long) => Kernels.TryMap<long, long, long>(type, TryDivide),
        ("%", KustoType.Long) => Kernels.TryMap<long, long, long>(type, TryModulo),
        ("+", KustoType.Real) => Kernels.Map<double, double, double>(type, (a, b) => a + b),
        ("-", KustoType.Real) => Kernels.Map<double, double, double>(type, (a, b) => a - b),
        ("*", KustoType.Real) => Kernels.Map<double, double, double>(type, (a, b) => a * b),
        ("/", KustoType.Real) => Kernels.Map<double, double, double>(type, (a, b) => a / b),
        ("%", KustoType.Real) => Kernels.Map<double, double, double>(type, Modulo),
        ("+", _) => Kernels.Map<KustoDecimal, KustoDecimal, KustoDecimal>(type, (a, b) => a + b),
        ("-", _) => Kernels.Map<KustoDecimal, KustoDecimal, KustoDecimal>(type, (a, b) => a - b),
        ("*", _) => Kernels.Map<KustoDecimal, KustoDecimal, KustoDecimal>(type, (a, b) => a * b),
        ("/", _) => Kernels.TryMap(type, (KustoDecimal a, KustoDecimal b, out KustoDecimal result) =>
        {
            result = b.IsZero ? 0 : a / b;
            return !b.IsZero;
        }),
        _ => Kernels.TryMap(type, (KustoDecimal a, KustoDecimal b, out KustoDecimal result) =>
        {
            result = b.IsZero ? 0 : a % b;
            if (result.Sign < 0) result += KustoDecimal.Abs(b);
            return !b.IsZero;
        }),
    };

    private static Expression Ticks(KustoType type, Func<long, long, long> operation, Expression left, Expression right) =>
        KernelExpression.Create(type, Kernels.Map(type, operation), left, right);

    private static Expression? Scale(Expression duration, Expression factor) => factor.Type switch
    {
        KustoType.Int or KustoType.Long => Ticks(Duration, (a, b) => checked(a * b), duration, Conversion.Widen(factor, KustoType.Long)),
        KustoType.Real => KernelExpression.Create(Duration, Kernels.Map<long, double, long>(Duration, (a, b) => checked((long)(a * b))), duration, factor),
        _ => null,
    };

    private static long InRange(long ticks) =>
        ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks ? ticks : throw new OverflowException();

    private static bool TryDivide(long a, long b, out long result)
    {
        result = b == 0 ? 0 : checked(a / b);
        return b != 0;
    }

    private static bool TryModulo(long a, long b, out long result)
    {
        // long.MinValue % -1 traps in hardware though its result is plainly 0.
        result = b is 0 or -1 ? 0 : a % b;
        if (result < 0) result = b < 0 ? result - b : result + b;
        return b != 0;
    }

    private static double Modulo(double a, double b)
    {
        double result = a % b;
        return result < 0 ? result + Math.Abs(b) : result;
    }
}
