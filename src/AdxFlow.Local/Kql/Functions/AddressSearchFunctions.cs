using System.Text.RegularExpressions;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>Functions that look for IPv4 addresses in a text, in which they stand between characters that are no letters and no digits.</summary>
/// <remarks>Source: Microsoft Learn, "has_ipv4()", "has_any_ipv4()", "has_ipv4_prefix()" and "has_any_ipv4_prefix()".</remarks>
internal static partial class AddressSearchFunctions
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        new("has_ipv4", None, One(IsAddress)),
        new("has_ipv4_prefix", None, One(IsPrefix)),
        new("has_any_ipv4", None, call => Any(call, IsAddress)),
        new("has_any_ipv4_prefix", None, call => Any(call, IsPrefix)),
    ];

    private static Overload One(Func<string, bool> isValid) =>
        new(KustoType.Bool, Kernels.Map<string, string, bool>(KustoType.Bool, (text, wanted) => Has(text, wanted, isValid)), Arg.StringOrDynamic, Arg.StringOrDynamic);

    private static Expression Any(CallContext call, Func<string, bool> isValid)
    {
        call.ExpectCount(2, 64);
        if (Array.Exists(call.Arguments, a => a.Type is not (KustoType.String or KustoType.Dynamic))) throw call.Error("a string or a value of type dynamic expected.");
        bool isList = call.Arguments.Length == 2 && call.Arguments[1].Type == KustoType.Dynamic;
        if (!isList && Array.Exists(call.Arguments[1..], a => a.Type == KustoType.Dynamic)) throw call.NotSupported($"'{call.Name}()' of several dynamic values", "Cast them: tostring().");
        Expression[] arguments = [Conversion.ToText(call.Arguments[0]), .. call.Arguments.Skip(1)];
        return KernelExpression.Create(KustoType.Bool, (vectors, count) =>
        {
            var result = new bool[count];
            for (int row = 0; row < count; row++)
            {
                string text = vectors[0].Values<string>()[row];
                result[row] = isList
                    ? !vectors[1].IsNull(row) && Texts(vectors[1].Values<DynamicValue>()[row], call.Name).Any(t => Has(text, t, isValid))
                    : vectors.Skip(1).Any(v => Has(text, v.Values<string>()[row], isValid));
            }

            return new Vector<bool>(KustoType.Bool, result, count, null);
        }, arguments);
    }

    private static IEnumerable<string> Texts(DynamicValue value, string function)
    {
        IReadOnlyList<DynamicValue> items = DynamicCall.Array(value, function);
        return items.All(i => i.Kind == DynamicKind.String)
            ? items.Select(i => (string)i.Value!)
            : throw KqlException.NotSupportedValue($"The local stand-in does not know what {function}() makes of an array with elements that are no texts.");
    }

    private static bool Has(string text, string wanted, Func<string, bool> isValid)
    {
        if (!isValid(wanted)) return false;
        foreach (Match run in Run().Matches(text))
        {
            string[] parts = run.Value.Split('.');
            if (parts.Length < 4) continue;
            bool isLike = run.Value.Contains(wanted, StringComparison.Ordinal) || Array.Exists(parts, p => p.Length > 1 && p[0] == '0');
            if (parts.Length > 4 && isLike)
                throw KqlException.NotSupportedValue("The local stand-in does not know whether an address is found among more than four numbers with dots between.");
            if (parts.Length > 4 || !NetworkFunctions.TryParse(run.Value, out _, out _)) continue;
            if (wanted[^1] == '.' ? run.Value.StartsWith(wanted, StringComparison.Ordinal) : run.Value == wanted) return true;
            if (Array.Exists(parts, p => p.Length > 1 && p[0] == '0'))
                throw KqlException.NotSupportedValue("The local stand-in does not know whether an address is found that has zeros in front of its numbers.");
        }

        return false;
    }

    private static bool IsAddress(string text) => !text.Contains('/', StringComparison.Ordinal) && NetworkFunctions.TryParse(text, out _, out _);

    private static bool IsPrefix(string text) => IsAddress(text) || (Prefix().IsMatch(text) && text.Split('.', StringSplitOptions.RemoveEmptyEntries).All(p => int.Parse(p, null) <= 255));

    // Numbers with dots between, and neither a letter nor a digit beside them.
    [GeneratedRegex(@"(?<![\p{L}\p{N}])[0-9]+(?:\.[0-9]+)*(?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex Run();

    [GeneratedRegex(@"\A(?:[0-9]{1,3}\.){1,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();
}
