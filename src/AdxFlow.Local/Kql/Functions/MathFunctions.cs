using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.Arg;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Functions of numbers.</summary>
internal static class MathFunctions
{
    private const KustoType RealType = KustoType.Real;

    public static IEnumerable<ScalarFunction> All { get; } =
    [
        new("abs", FirstArgument,
            new Overload(KustoType.Long, Kernels.Map<long, long>(KustoType.Long, Math.Abs), Long),
            new Overload(RealType, Kernels.Map<double, double>(RealType, Math.Abs), Real),
            new Overload(KustoType.Decimal, Kernels.Map<KustoDecimal, KustoDecimal>(KustoType.Decimal, KustoDecimal.Abs), Arg.Decimal),
            new Overload(KustoType.TimeSpan, Kernels.Map<long, long>(KustoType.TimeSpan, Math.Abs), Arg.TimeSpan)),
        new("ceiling", FirstArgument,
            new Overload(KustoType.Int, Same, Arg.Int),
            new Overload(KustoType.Long, Same, Long),
            new Overload(RealType, Kernels.Map<double, double>(RealType, Math.Ceiling), Real),
            new Overload(KustoType.Decimal, Kernels.Map<KustoDecimal, KustoDecimal>(KustoType.Decimal, KustoDecimal.Ceiling), Arg.Decimal)),
        new("round", FirstArgument,
            new Overload(KustoType.Int, Same, Arg.Int),
            new Overload(KustoType.Long, Same, Long),
            new Overload(KustoType.Int, Kernels.Map<int, long, int>(KustoType.Int, (v, digits) => checked((int)RoundInteger(v, digits))), Arg.Int, Long),
            new Overload(KustoType.Long, Kernels.Map<long, long, long>(KustoType.Long, RoundInteger), Long, Long),
            new Overload(KustoType.Decimal, Kernels.Map<KustoDecimal, long, KustoDecimal>(KustoType.Decimal, KustoDecimal.Round), Arg.Decimal, Long),
            new Overload(RealType, Kernels.Map<double, double>(RealType, v => Round(v, 0)), Real),
            new Overload(RealType, Kernels.Map<double, long, double>(RealType, Round), Real, Long),
            new Overload(KustoType.Decimal, Kernels.Map<KustoDecimal, KustoDecimal>(KustoType.Decimal, v => KustoDecimal.Round(v, 0)), Arg.Decimal)) { Constants = [1] },
        new("sign", None,
            new Overload(RealType, Kernels.Map<KustoDecimal, double>(RealType, v => v.Sign), Arg.Decimal),
            new Overload(RealType, Kernels.Map<double, double>(RealType, v => double.IsNaN(v) ? double.NaN : Math.Sign(v)), Number)),
        new("sqrt", FirstArgument, NotNegative(Math.Sqrt)),
        new("log", FirstArgument, NotNegative(Math.Log)),
        new("log2", FirstArgument, NotNegative(Math.Log2)),
        new("log10", FirstArgument, NotNegative(Math.Log10)),
        new("exp", FirstArgument, Map(Math.Exp)),
        new("exp2", FirstArgument, Map(v => Math.Pow(2, v))),
        new("exp10", FirstArgument, Map(v => Math.Pow(10, v))),
        new("sin", FirstArgument, Map(Math.Sin)),
        new("cos", FirstArgument, Map(Math.Cos)),
        new("tan", FirstArgument, Map(Math.Tan)),
        new("asin", FirstArgument, Within1(Math.Asin)),
        new("acos", FirstArgument, Within1(Math.Acos)),
        new("atan", FirstArgument, Map(Math.Atan)),
        new("atan2", FirstArgument, new Overload(RealType, Kernels.Map<double, double, double>(RealType, Math.Atan2), Number, Number)),
        new("cot", None, Map(v => 1 / Math.Tan(v))),
        new("degrees", None, Map(v => 180 / Math.PI * v)),
        new("radians", None, Map(v => Math.PI / 180 * v)),
        new("pow", FirstArgument, new Overload(RealType, Kernels.Map<double, double, double>(RealType, Math.Pow), Number, Number)),
        new("pi", None, Pi),
        new("isnan", None, Test(double.IsNaN)),
        new("isinf", None, Test(double.IsInfinity)),
        new("isfinite", None, Test(double.IsFinite)),
        new("bin", FirstArgument, Bin),
        new("floor", FirstArgument, Bin),
        new("rand", FirstArgument, Rand),
        new("binary_and", FirstArgument, Bits((a, b) => a & b)),
        new("binary_or", FirstArgument, Bits((a, b) => a | b)),
        new("binary_xor", FirstArgument, Bits((a, b) => a ^ b)),
        new("binary_not", FirstArgument, new Overload(KustoType.Long, Kernels.Map<long, long>(KustoType.Long, v => ~v), Long)),
        new("binary_shift_left", FirstArgument, Shift((v, by) => v << by)),
        new("binary_shift_right", FirstArgument, Shift((v, by) => v >> by)),
        new("bitset_count_ones", FirstArgument, new Overload(KustoType.Long, Kernels.Map<long, long>(KustoType.Long, v => System.Numerics.BitOperations.PopCount((ulong)v)), Long)),
        new("bin_at", FirstArgument, BinAt),
    ];

    private static Vector Same(Vector[] arguments, int count) => arguments[0];

    private static Overload Map(Func<double, double> function) => new(RealType, Kernels.Map(RealType, function), Number);

    private static Overload NotNegative(Func<double, double> function) => new(RealType, Kernels.TryMap(RealType, (double v, out double result) =>
    {
        result = v < 0 ? 0 : function(v);
        return !(v < 0);
    }), Number);

    private static Overload Test(Func<double, bool> function) => new(KustoType.Bool, Kernels.Map(KustoType.Bool, function), Real);

    private static Overload Bits(Func<long, long, long> function) => new(KustoType.Long, Kernels.Map(KustoType.Long, function), Long, Long);

    private static Overload Within1(Func<double, double> function) => new(RealType, Kernels.TryMap(RealType, (double v, out double result) =>
    {
        result = function(v);
        return !(Math.Abs(v) > 1);
    }), Number);

    // A negative distance is null.
    private static Overload Shift(Func<long, int, long> function) => new(KustoType.Long, Kernels.TryMap(KustoType.Long, (long v, long by, out long result) =>
    {
        result = by < 0 ? 0 : function(v, (int)(by % 64));
        return by >= 0;
    }), Long, Long);

    private static double Round(double value, long digits)
    {
        if (digits is >= 0 and <= 15) return Math.Round(value, (int)digits, MidpointRounding.AwayFromZero);
        if (digits > 15 || !double.IsFinite(value)) return value;
        double unit = Math.Pow(10, -digits);
        return Math.Round(value / unit, MidpointRounding.AwayFromZero) * unit;
    }

    private static long RoundInteger(long value, long digits) =>
        digits >= 0 ? value : KustoDecimal.Round(value, digits).TryToLong(out long rounded) ? rounded : throw new OverflowException();

    // The size may be null or not positive for a row: the result is null then.
    private static Expression Bin(CallContext call)
    {
        call.ExpectCount(2, 2);
        Expression value = call.Arguments[0];
        Expression size = call.Arguments[1];
        if (size.Type == KustoType.TimeSpan && (value.Type is KustoType.DateTime or KustoType.TimeSpan))
            return KernelExpression.Create(value.Type, Kernels.TryMap<long, long, long>(value.Type, Arithmetic.TryFloor), value, size);
        if (!Conversion.IsNumeric(value.Type) || !Conversion.IsNumeric(size.Type))
        {
            string types = $"({KustoTypes.Name(value.Type)}, {KustoTypes.Name(size.Type)})";
            throw value.Type == size.Type && value.Type == KustoType.DateTime
                ? call.NotSupported($"'{call.Name}()' of {types}")
                : call.Error($"the function is not compatible with arguments {types}.");
        }

        KustoType wide = Conversion.Widest(Conversion.Widest(value.Type, size.Type), KustoType.Long);
        Kernel kernel = wide switch
        {
            KustoType.Long => Kernels.TryMap<long, long, long>(wide, Arithmetic.TryFloor),
            KustoType.Real => Kernels.TryMap(wide, (double v, double s, out double result) =>
            {
                result = s > 0 ? Math.Floor(v / s) * s : 0;
                return s > 0;
            }),
            _ => Kernels.TryMap(wide, (KustoDecimal v, KustoDecimal s, out KustoDecimal result) =>
            {
                result = s.Sign > 0 ? KustoDecimal.FloorTo(v, s) : 0;
                return s.Sign > 0;
            }),
        };
        return KernelExpression.Create(wide, kernel, Conversion.Widen(value, wide), Conversion.Widen(size, wide));
    }

    // The bin of the distance from a fixed point.
    private static Expression BinAt(CallContext call)
    {
        call.ExpectCount(3, 3);
        (Expression value, Expression size, Expression at) = (call.Arguments[0], call.Arguments[1], call.Arguments[2]);
        string types = $"({string.Join(", ", call.Arguments.Select(a => KustoTypes.Name(a.Type)))})";
        if (Array.Exists(call.Arguments, a => a.Type is not (KustoType.Int or KustoType.Long or KustoType.Real or KustoType.DateTime or KustoType.TimeSpan)))
            throw call.Arguments.All(a => Conversion.IsNumeric(a.Type)) ? call.NotSupported($"'bin_at()' of {types}") : call.Error($"the function is not compatible with arguments {types}.");
        if (!at.IsConstant) throw call.NotSupported("'bin_at()' whose fixed point is no constant");
        if (size.Type == KustoType.TimeSpan && value.Type == at.Type && value.Type is KustoType.DateTime or KustoType.TimeSpan)
            return KernelExpression.Create(value.Type, Kernels.TryMap<long, long, long, long>(value.Type, TryFloorAt), value, size, at);
        if (!call.Arguments.All(a => Conversion.IsNumeric(a.Type))) throw call.Error($"the function is not compatible with arguments {types}.");
        KustoType wide = call.Arguments.Any(a => a.Type == RealType) ? RealType : KustoType.Long;
        Kernel kernel = wide == KustoType.Long
            ? Kernels.TryMap<long, long, long, long>(wide, TryFloorAt)
            : Kernels.TryMap(wide, (double v, double s, double from, out double result) =>
            {
                result = s > 0 ? from + (Math.Floor((v - from) / s) * s) : 0;
                return s > 0;
            });
        return KernelExpression.Create(wide, kernel, Conversion.Widen(value, wide), Conversion.Widen(size, wide), Conversion.Widen(at, wide));
    }

    private static bool TryFloorAt(long value, long size, long at, out long result)
    {
        bool ok = Arithmetic.TryFloor(checked(value - at), size, out long distance);
        result = ok ? checked(at + distance) : 0;
        return ok;
    }

    private static ConstantExpression Pi(CallContext call)
    {
        call.ExpectCount(0, 0);
        return ConstantExpression.Of(RealType, Math.PI);
    }

    private static Expression Rand(CallContext call)
    {
        call.ExpectCount(0, 1);
        if (call.Arguments.Length == 1) throw call.NotSupported("function 'rand()' with an argument");
        return KernelExpression.CreateVolatile(RealType, (_, count) =>
        {
            var result = new double[count];
            for (int i = 0; i < count; i++)
                result[i] = Random.Shared.NextDouble();
            return new Vector<double>(RealType, result, count, null);
        });
    }
}
