# Connectors and what they take to sign in.

BeforeDiscovery {
    . $PSScriptRoot/ModuleUnderTest.ps1
    $parameters = @(
        @{ Parameter = 'Name'; Set = 'Name'; Form = 'String[], position 0' }
        @{ Parameter = 'SpecId'; Set = 'Id'; Form = 'String[], mandatory, by name' }
        @{ Parameter = 'Session'; Set = 'Name'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/SecureText.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $adx = Connect-Adx -Local
    $null = Connect-Flow -Local
    $id = '0479cc14-7651-4354-b233-7480606c2ac3'
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Get-FlowConnectionSpec $parameters

Describe 'Get-FlowConnectionSpec' {
    It 'tells the ways to sign in, what they take, and what of it is secret' {
        $spec = Get-FlowConnectionSpec -SpecId $id
        $spec | Should -BeOfType 'AdxFlow.FlowConnectionSpec'
        $spec.Version | Should -BeExactly '1.0'
        $spec.AuthSpecs.Name | Should -BeExactly 'Service Principal Based Authentication'
        $parameters = $spec.AuthSpecs[0].Parameters
        $parameters.Name | Should -Contain 'endpoint'
        ($parameters | Where-Object IsSecret).Name | Should -BeExactly 'servicePrincipalKey'
        ($parameters | Where-Object IsRequired).Name | Should -Contain 'database'
    }

    It 'finds by name and pattern' {
        $name = (Get-FlowConnectionSpec -SpecId $id).Name
        (Get-FlowConnectionSpec $name).Id | Should -BeExactly $id
        (Get-FlowConnectionSpec "$($name.Substring(0, 3))*").Id | Should -Contain $id
        @(Get-FlowConnectionSpec).Count | Should -BeGreaterThan 1
    }

    It 'finds the one of a connection' {
        $connection = New-FlowConnection Of -Credential ([pscredential]::new('4c7e82bd-6adb-46c3-b413-fdd44834c69b', (Get-SecureText 'key'))) -TenantId contoso.com -AdxConnection $adx
        ($connection | Get-FlowConnectionSpec).Id | Should -BeExactly $id
    }

    It 'says of a name and an id that it is missing' {
        (Get-Failure { Get-FlowConnectionSpec missing -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        (Get-Failure { Get-FlowConnectionSpec -SpecId 00000000-0000-0000-0000-000000000001 -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
    }

    It 'is completed by its name' {
        $null = Get-FlowConnectionSpec
        (TabExpansion2 'Get-FlowConnection -SpecId explorer').CompletionMatches.CompletionText | Should -BeExactly $id
    }

    It 'shows one line for each, in 120 columns' {
        $lines = @((Get-FlowConnectionSpec | Out-String -Width 120) -split '\r?\n' | Where-Object { $_.Trim() })
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
    }
}
