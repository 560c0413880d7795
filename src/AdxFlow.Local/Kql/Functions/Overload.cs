using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>One way to call a function: the parameters, the type of the result, and how it is computed.</summary>
internal sealed record Overload(KustoType Result, Kernel Kernel, params Arg[] Parameters)
{
    /// <summary>How far the arguments are from the parameters (0 is exact), or null where they do not fit.</summary>
    public int? Distance(Expression[] arguments)
    {
        if (arguments.Length != Parameters.Length) return null;
        int distance = 0;
        for (int i = 0; i < arguments.Length; i++)
        {
            KustoType type = arguments[i].Type;
            switch (Parameters[i])
            {
                case Arg.Text:
                    break;
                case Arg.StringOrDynamic when type is KustoType.String or KustoType.Dynamic:
                    break;
                case Arg.Number when Conversion.IsNumeric(type):
                    break;
                case var exact when (KustoType)exact == type:
                    break;
                case Arg.Long when type == KustoType.Int:
                case Arg.Real when Conversion.IsInteger(type):
                case Arg.Decimal when Conversion.IsNumeric(type):
                    distance += (int)Parameters[i] - (int)type;
                    break;
                default:
                    return null;
            }
        }

        return distance;
    }

    public Expression Bind(Expression[] arguments)
    {
        var converted = new Expression[arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            converted[i] = Parameters[i] switch
            {
                Arg.Text or Arg.StringOrDynamic => Conversion.ToText(arguments[i]),
                Arg.Number => Conversion.Widen(arguments[i], KustoType.Real),
                var exact => Conversion.Widen(arguments[i], (KustoType)exact),
            };
        }

        return KernelExpression.Create(Result, Kernel, converted);
    }
}
