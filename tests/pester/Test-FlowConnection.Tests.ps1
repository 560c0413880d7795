# Whether Adobe's connector can read: true or false, with the reason as a warning.

BeforeDiscovery {
    . $PSScriptRoot/ModuleUnderTest.ps1
    $parameters = @(
        @{ Parameter = 'ConnectionId'; Form = 'String[], mandatory, position 0, by name' }
        @{ Parameter = 'Session'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/SecureText.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $adx = Connect-Adx -Local
    $null = Connect-Flow -Local
    $principal = 'aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;contoso.com'
    $connection = New-FlowConnection Tested -Credential ([pscredential]::new('4c7e82bd-6adb-46c3-b413-fdd44834c69b', (Get-SecureText 'key'))) -TenantId contoso.com -AdxConnection $adx
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Test-FlowConnection $parameters

Describe 'Test-FlowConnection' {
    It 'is false without the right to read, says why, and true with it' {
        Test-FlowConnection $connection.Id -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeFalse
        "$warnings" | Should -BeLike '*Tested*4c7e82bd*'
        $null = Grant-AdxRole $principal Viewer
        Test-FlowConnection $connection.Id -WarningVariable warnings | Should -BeTrue
        $warnings | Should -BeNullOrEmpty
    }

    It 'tests each of a pipeline' {
        $null = Grant-AdxRole $principal Viewer
        $answers = $connection, [pscustomobject]@{ ConnectionId = '00000000-0000-0000-0000-000000000001' } | Test-FlowConnection -ErrorVariable failures -ErrorAction SilentlyContinue
        $answers | Should -BeExactly $true
        $answers | Should -BeOfType 'bool'
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
    }
}
