using System.Text;
using AdxFlow.Auth;

namespace AdxFlow.Core.Tests.Auth.Automation;

public sealed class AutomationTokenTests
{
    private static readonly DateTimeOffset Now = new(2021, 7, 2, 7, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"access_token":"t","expires_on":1625212834}""")]
    [InlineData("""{"access_token":"t","expires_on":"1625212834"}""")]
    [InlineData("""{"access_token":"t","expires_on":"2021-07-02 08:00:34Z"}""")]
    [InlineData("""{"access_token":"t","expires_on":"2021-07-02T08:00:34.000Z"}""")]
    [InlineData("""{"access_token":"t","expires_on":"07/02/2021 08:00:34 +00:00"}""")]
    [InlineData("""{"access_token":"t","expires_on":"7/2/2021 10:00:34 AM +02:00"}""")]
    [InlineData("""{"access_token":"t","expires_in":3634}""")]
    [InlineData("""{"access_token":"t","expires_in":"3634","expires_on":"soon"}""")]
    public void Its_end_is_read_in_every_form(string answer) => Assert.Equal(Now.AddSeconds(3634), Parse(answer)!.ExpiresOn);

    [Fact]
    public void Where_nothing_says_its_end_the_token_itself_may()
    {
        AutomationToken token = Parse($$"""{"access_token":"{{FakeEntra.Jwt("x", """{"exp":1625212834}""")}}"}""")!;
        Assert.Equal(Now.AddSeconds(3634), token.ExpiresOn);
    }

    [Theory]
    [InlineData("""{"access_token":"opaque"}""")]
    [InlineData("""{"access_token":"opaque","expires_on":"never","expires_in":-1}""")]
    public void Where_nobody_says_its_end_it_is_soon_asked_for_again(string answer) => Assert.Equal(Now.AddMinutes(5), Parse(answer)!.ExpiresOn);

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"access_token":""}""")]
    [InlineData("""{"access_token":17}""")]
    public void An_answer_without_a_token_is_none(string answer) => Assert.Null(Parse(answer));

    private static AutomationToken? Parse(string answer) => AutomationToken.Parse(Encoding.UTF8.GetBytes(answer), Now);
}
